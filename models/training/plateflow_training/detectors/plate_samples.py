"""Training samples of the plate detector: views like vehicle crops and parts of whole frames."""

import numpy as np

from .augment import Sample, clip_boxes, cut_out, moved_boxes, relight, settled_window, window_transform
from .photos import PLATE_CLASS, open_photos

PLATE_NAMES = {0: "plate"}
COLLECTION_SHARES = {"galaxy": 0.22, "id_plates": 0.27, "id_photos": 0.13, "mix433": 0.20, "ro_dashcam": 0.18}
DRAWN_SHARE = 0.05
PASTED_SHARE = 0.35
# How much taller than in life a collection shows things; the gates' stretch is left as the product meets it.
VERTICAL_STRETCH = {"id_plates": 1.4}
# Collections that label vehicles beside plates.
VEHICLES_LABELLED = ("galaxy", "drawn")
# Collections whose plates stand level, so that their boxes can be sheared with them; of these views so many are.
LEVEL_COLLECTIONS = ("id_plates", "id_photos", "mix433", "ro_dashcam")
STEEP_SHARE = 0.22
LONG_SIDE = 960
LEAST_VISIBLE = 0.6
SMALLEST_WIDTH = 9.0
# Share of the crop's width that a plate takes, and the long side a whole frame is looked at with.
PLATE_WIDTH_SHARE = (0.06, 0.75)
FRAME_LONG_SIDE = (416.0, 800.0)
VEHICLE_PADDING = 25.0


class PlateSamples:
    """Views of the labelled photos and drawn scenes, and of `pasted` plates once that is set."""

    def __init__(self, data_folder, cache_folder, drawn_scenes=()):
        self.photos = {name: open_photos(data_folder, cache_folder, (name,), LONG_SIDE) for name in COLLECTION_SHARES}
        if drawn_scenes:
            self.photos["drawn"] = drawn_scenes
        self.names = list(self.photos)
        shares = np.array([COLLECTION_SHARES.get(n, DRAWN_SHARE) for n in self.names])
        self.shares = shares / shares.sum()
        self.pasted = None

    def labelled_photos(self):
        return {name: self.photos[name] for name in COLLECTION_SHARES}

    def counts(self):
        return {name: len(photos) for name, photos in self.photos.items()}

    def draw(self, size, random):
        if self.pasted and random.random() < PASTED_SHARE:
            return self.pasted.draw(size, random)
        photos = self.photos[self.names[random.choice(len(self.names), p=self.shares)]]
        photo = photos[random.integers(len(photos))]
        plates = photo.of_class((PLATE_CLASS,))
        vehicles = photo.of_class((0, 1, 2, 3))
        draw = random.random()
        if photo.collection in VEHICLES_LABELLED and len(vehicles) and draw < 0.6:
            window = self._around_vehicle(vehicles[random.integers(len(vehicles))], size, random)
        elif len(plates) and draw < 0.75:
            window = window_around_plate(photo.collection, plates[random.integers(len(plates))], size, random)
        else:
            window = self._part_of_frame(photo, plates, size, random)
        return view_of_plates(photo.pixels, plates, window, size, random, steep_share=steep_share(photo.collection))

    def _around_vehicle(self, vehicle, size, random):
        x1, y1, x2, y2 = vehicle
        jitter = random.uniform(-0.08, 0.08, 4) * np.tile(vehicle[2:] - vehicle[:2], 2)
        pad = VEHICLE_PADDING * random.uniform(0.0, 1.6)
        x1, y1, x2, y2 = np.array([x1 - pad, y1 - pad, x2 + pad, y2 + pad]) + jitter
        return fitted_window(
            (x1 + x2) / 2, (y1 + y2) / 2, max(x2 - x1, 24), max(y2 - y1, 24), size, np.exp(random.normal(0, 0.18))
        )

    def _part_of_frame(self, photo, plates, size, random):
        photo_height, photo_width = photo.pixels.shape[:2]
        scale = np.exp(random.uniform(*np.log(FRAME_LONG_SIDE))) / max(photo_height, photo_width)
        stretch = VERTICAL_STRETCH.get(photo.collection, 1.0)
        width = size[1] / scale
        height = size[0] / scale * stretch * np.exp(random.normal(0, 0.2))
        middle = random.uniform(0, 1, 2) * (photo_width, photo_height)
        if len(plates) and random.random() < 0.6:
            plate = plates[random.integers(len(plates))]
            middle = (plate[:2] + plate[2:]) / 2 + random.uniform(-0.45, 0.45, 2) * (width, height)
        return middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2


def steep_share(collection):
    """Share of a collection's views in which plates may be made to fall steeply."""
    return STEEP_SHARE if collection in LEVEL_COLLECTIONS else 0.0


def window_around_plate(collection, plate, size, random):
    """A window in which the plate takes the room that it takes in a vehicle crop."""
    stretch = VERTICAL_STRETCH.get(collection, 1.0)
    share = np.exp(random.uniform(*np.log(PLATE_WIDTH_SHARE)))
    width = (plate[2] - plate[0]) / share
    height = width * size[0] / size[1] * stretch * np.exp(random.normal(0, 0.2))
    # Where the plate's centre comes to lie: anywhere, mostly below the middle as on a vehicle.
    at_x = random.uniform(0.05, 0.95) if random.random() < 0.5 else random.uniform(0.3, 0.7)
    at_y = random.uniform(0.05, 0.97) if random.random() < 0.5 else random.uniform(0.5, 0.92)
    left = (plate[0] + plate[2]) / 2 - at_x * width
    top = (plate[1] + plate[3]) / 2 - at_y * height
    return left, top, left + width, top + height


def fitted_window(middle_x, middle_y, width, height, size, stretch):
    """Smallest window of the size's aspect (changed by `stretch`) that holds the region."""
    aspect = size[1] / size[0] * stretch
    width, height = max(width, height * aspect), max(height, width / aspect)
    return middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2


def view_of_plates(pixels, plates, window, size, random, ignored=None, steep_share=0.0):
    # Wide-angle cameras at gates show plates tilted by thirty degrees.
    angle = random.normal(0, 0.25) if random.random() < 0.4 else 0.0
    shear = random.normal(0, 0.15) if random.random() < 0.3 else 0.0
    window = settled_window(window, pixels.shape[:2])
    transform = window_transform(window, size, angle, shear, random.random() < 0.25)
    if random.random() < steep_share:
        # Seen from the side and stretched by the camera they fall by more than their width. A box around a plate that
        # already slopes says nothing about its corners, so this is for level ones.
        slope = random.uniform(0.3, 1.2) * random.choice((-1, 1))
        transform = np.array([[1, 0], [slope, 1]]) @ (transform - [[0, 0, size[1] / 2], [0, 0, size[0] / 2]]) + [
            [0, 0, size[1] / 2],
            [0, 0, size[0] / 2],
        ]
    view = relight(cut_out(pixels, transform, size, random), random)
    clipped, visible = clip_boxes(moved_boxes(transform, plates), size)
    widths = clipped[:, 2] - clipped[:, 0] if len(clipped) else np.zeros(0)
    keep = (visible >= LEAST_VISIBLE) & (widths >= SMALLEST_WIDTH)
    partly = (visible > 0) & ~keep
    regions = [clipped[partly]]
    if ignored is not None and len(ignored):
        regions.append(clip_boxes(moved_boxes(transform, ignored), size)[0])
    return Sample(view, clipped[keep], np.zeros(int(keep.sum()), np.int64), np.concatenate(regions))
