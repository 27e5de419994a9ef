"""Training samples of the vehicle detector: windows and mosaics of photos labelled for vehicles."""

import cv2
import numpy as np

from .augment import (
    NO_BOXES,
    PADDING_COLOUR,
    Sample,
    clip_boxes,
    cut_out,
    moved_boxes,
    relight,
    settled_window,
    window_transform,
)
from .photos import PLATE_CLASS, UNCERTAIN_CLASS, open_photos

VEHICLE_NAMES = {0: "car", 1: "motorcycle", 2: "bus", 3: "truck"}
# Shares of the samples; the gate photos are few but are the views that matter most. A traffic view holds sixteen cars,
# mostly tiny: more of them would be most of the loss.
COLLECTION_SHARES = {"galaxy": 0.30, "id_vehicles": 0.36, "oi_vehicles": 0.16, "cctv_atl": 0.07}
# Collections labelled for plates only: their photos count where somebody labelled the vehicles in them afterwards.
LABELLED_LATER_SHARES = {"mix433": 0.10, "ro_dashcam": 0.07, "id_photos": 0.05}
# Drawn scenes keep the network from being lost in the drawn clip that a first run shows.
DRAWN_SHARE = 0.09
MOSAIC_SHARE = 0.2
LONG_SIDE = 640
# Poles, barriers and booths stand before vehicles at every gate.
BARRED_SHARE = 0.15
# Less than this share of a box left inside the window: not an example any more, nor background.
LEAST_VISIBLE = 0.3
SMALLEST_SIDE = 10.0


class VehicleSamples:
    def __init__(self, data_folder, cache_folder, drawn_scenes=(), corrections=None):
        self.photos = {
            name: open_photos(data_folder, cache_folder, (name,), LONG_SIDE, corrections=corrections)
            for name in COLLECTION_SHARES
        }
        for name in LABELLED_LATER_SHARES:
            if corrections and (corrections / name).is_dir():
                self.photos[name] = open_photos(
                    data_folder, cache_folder, (name,), LONG_SIDE, corrections=corrections, only_corrected=True
                )
        if drawn_scenes:
            self.photos["drawn"] = drawn_scenes
        names = list(self.photos)
        wanted = {**COLLECTION_SHARES, **LABELLED_LATER_SHARES, "drawn": DRAWN_SHARE}
        shares = np.array([wanted[n] for n in names])
        self.names, self.shares = names, shares / shares.sum()

    def counts(self):
        return {name: len(photos) for name, photos in self.photos.items()}

    def draw(self, size, random):
        if random.random() < MOSAIC_SHARE:
            return self._mosaic(size, random)
        return self._single(size, random, relit=True)

    def _photo(self, random):
        photos = self.photos[self.names[random.choice(len(self.names), p=self.shares)]]
        return photos[random.integers(len(photos))]

    def _single(self, size, random, relit):
        photo = self._photo(random)
        height, width = photo.pixels.shape[:2]
        vehicles = (photo.classes != PLATE_CLASS) & (photo.classes != UNCERTAIN_CLASS)
        boxes, classes = photo.boxes[vehicles], photo.classes[vehicles]
        transform = self._transform(photo, boxes, (height, width), size, random)
        pixels = cut_out(photo.pixels, transform, size, random)
        whole = moved_boxes(transform, boxes)
        clipped, visible = clip_boxes(whole, size)
        sides = (clipped[:, 2:] - clipped[:, :2]).min(1) if len(clipped) else np.zeros(0)
        keep = (visible >= LEAST_VISIBLE) & (sides >= SMALLEST_SIDE)
        partly = (visible > 0.02) & ~keep
        if relit:
            pixels = relight(pixels, random)
        if random.random() < BARRED_SHARE:
            _bar(pixels, random)
        uncertain = clip_boxes(moved_boxes(transform, photo.of_class((UNCERTAIN_CLASS,))), size)[0]
        return Sample(pixels, clipped[keep], classes[keep], np.concatenate((clipped[partly], uncertain)))

    def _transform(self, photo, boxes, photo_size, size, random):
        height, width = photo_size
        # Some collections and the gates' photos were stretched: vary the aspect of everything, those more.
        spread = 0.3 if photo.collection in ("galaxy", "oi_vehicles") else 0.2
        aspect = size[1] / size[0] * np.exp(random.normal(0, spread))
        if random.random() < 0.55:
            # A view of about the whole photo, from a close crop to one with a margin.
            zoom = np.exp(random.uniform(np.log(0.65), np.log(1.45)))
            contain, cover = max(height, width / aspect), min(height, width / aspect)
            window_height = (contain if random.random() < 0.5 else np.sqrt(contain * cover)) * zoom
            middle = np.array([width, height]) / 2 + random.uniform(-0.22, 0.22, 2) * (width, height)
        else:
            # A view around one vehicle, which may fill the picture or be cut by its edge.
            if len(boxes):
                x1, y1, x2, y2 = boxes[random.integers(len(boxes))]
                fill = np.exp(random.uniform(np.log(0.2), np.log(1.25)))
                window_height = max((y2 - y1), (x2 - x1) / aspect) / fill
                middle = np.array([x1 + x2, y1 + y2]) / 2
                middle = middle + random.uniform(-0.42, 0.42, 2) * (window_height * aspect, window_height)
            else:
                window_height = height * random.uniform(0.4, 1.0)
                middle = random.uniform(0, 1, 2) * (width, height)
            window_height = max(window_height, 72.0)
        window_width = window_height * aspect
        window = (
            middle[0] - window_width / 2,
            middle[1] - window_height / 2,
            middle[0] + window_width / 2,
            middle[1] + window_height / 2,
        )
        window = settled_window(window, photo_size)
        angle = random.normal(0, 0.05) if random.random() < 0.4 else 0.0
        shear = random.normal(0, 0.06) if random.random() < 0.3 else 0.0
        return window_transform(window, size, angle, shear, random.random() < 0.5)

    def _mosaic(self, size, random):
        """Two or four views in one picture (Bochkovskiy et al., YOLOv4, 2020): more vehicles, smaller ones,
        more contexts."""
        height, width = size
        cut_x = int(width * random.uniform(0.3, 0.7))
        cut_y = int(height * random.uniform(0.3, 0.7))
        cells = [
            (0, 0, cut_x, cut_y),
            (cut_x, 0, width, cut_y),
            (0, cut_y, cut_x, height),
            (cut_x, cut_y, width, height),
        ]
        if random.random() < 0.4:
            cells = [(0, 0, cut_x, height), (cut_x, 0, width, height)]
        pixels = np.empty((height, width, 3), np.uint8)
        pixels[:] = PADDING_COLOUR
        boxes, classes, ignored = [NO_BOXES], [np.zeros(0, np.int64)], [NO_BOXES]
        for x1, y1, x2, y2 in cells:
            part = self._single((y2 - y1, x2 - x1), random, relit=False)
            pixels[y1:y2, x1:x2] = part.pixels
            shift = np.array([x1, y1, x1, y1], np.float32)
            boxes.append(part.boxes + shift)
            classes.append(part.classes)
            ignored.append(part.ignored + shift)
        return Sample(relight(pixels, random), np.concatenate(boxes), np.concatenate(classes), np.concatenate(ignored))


def _bar(pixels, random):
    """Draws one to three posts or rails across the picture, some of them striped; what they half hide is still
    there."""
    height, width = pixels.shape[:2]
    for _ in range(int(random.integers(1, 4))):
        thickness = max(2, int(min(height, width) * random.uniform(0.015, 0.09)))
        lean = random.normal(0, 0.12)
        if random.random() < 0.7:
            x = random.uniform(0, width)
            ends = (
                (x - lean * height, random.uniform(-0.2, 0.5) * height),
                (x + lean * height, random.uniform(0.6, 1.2) * height),
            )
        else:
            y = random.uniform(0.3, 1.0) * height
            ends = (
                (random.uniform(-0.2, 0.4) * width, y - lean * width),
                (random.uniform(0.6, 1.2) * width, y + lean * width),
            )
        start, end = (np.array(e) for e in ends)
        first, second = random.integers(0, 256, (2, 3))
        stripes = int(random.integers(3, 9)) if random.random() < 0.4 else 1
        for stripe in range(stripes):
            colour = tuple(int(c) for c in (first if stripe % 2 == 0 else second))
            points = (start + (end - start) * f for f in (stripe / stripes, (stripe + 1) / stripes))
            cv2.line(pixels, *(tuple(int(v) for v in p) for p in points), colour, thickness, cv2.LINE_AA)
