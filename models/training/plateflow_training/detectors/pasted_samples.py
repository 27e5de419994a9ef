"""Plate samples of our own making: drawn plates put over real ones, and vehicles that carry drawn or found plates.

Photos labelled for vehicles show plates that nobody labelled. An earlier plate detector looks at them first
(pseudo-labels: Lee, 2013): what it is sure of is taken as true, what it doubts is ignored.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from .drawn import paste_plate
from .photos import PLATE_CLASS
from .plate_samples import fitted_window, steep_share, view_of_plates, window_around_plate

SURE, DOUBTFUL = 0.45, 0.08
SMALLEST_VEHICLE = 64
REPLACED_SHARE = 0.45
VEHICLE_SHARES = {"id_vehicles": 0.72, "oi_vehicles": 0.18, "cctv_atl": 0.10}


@dataclass(frozen=True)
class FoundPlates:
    """What an earlier detector saw in photos that are not labelled for plates: name -> (sure, doubtful) boxes."""

    by_photo: dict

    @staticmethod
    def read(path):
        rows = json.loads(Path(path).read_text())
        found = {}
        for name, boxes in rows.items():
            values = np.array(boxes, np.float32).reshape(-1, 5)
            sure = values[:, 4] >= SURE
            doubtful = ~sure & (values[:, 4] >= DOUBTFUL)
            found[name] = (values[sure, :4], values[doubtful, :4])
        return FoundPlates(found)

    def of(self, photo):
        return self.by_photo[f"{photo.collection}/{photo.name}"]


class PastedSamples:
    """Without `found` only labelled plates are drawn over, for elsewhere a true plate could pass for background."""

    def __init__(self, bank, plate_photos, vehicle_photos=None, found=None):
        self.bank = bank
        self.plate_photos = [p for photos in plate_photos.values() for p in photos if len(p.of_class((PLATE_CLASS,)))]
        self.vehicle_photos = vehicle_photos
        self.shares = np.array(list(VEHICLE_SHARES.values()))
        self.found = found

    def draw(self, size, random):
        if self.found is None or random.random() < REPLACED_SHARE:
            return self._replaced(size, random)
        return self._on_vehicle(size, random)

    def _replaced(self, size, random):
        """A real place and light for plates of every country: the drawn plate covers the true one."""
        photo = self.plate_photos[random.integers(len(self.plate_photos))]
        pixels = np.ascontiguousarray(photo.pixels).copy()
        boxes = photo.of_class((PLATE_CLASS,)).copy()
        for index, box in enumerate(boxes):
            boxes[index] = self._over(pixels, box, random)
        plate = boxes[random.integers(len(boxes))]
        window = window_around_plate(photo.collection, plate, size, random)
        return view_of_plates(pixels, boxes, window, size, random, steep_share=steep_share(photo.collection))

    def _over(self, pixels, box, random):
        """Covers the plate in `box` and draws another there; returns the new box."""
        x1, y1, x2, y2 = box
        aspect = None if random.random() < 0.4 else (x2 - x1) / max(y2 - y1, 1)
        plate = self.bank.draw(random, random.random() < 0.4, aspect)
        _smear(pixels, box)
        width = (x2 - x1) * random.uniform(0.92, 1.06)
        height = width * plate.shape[0] / plate.shape[1]
        if height > 1.5 * (y2 - y1):
            width, height = width * 1.5 * (y2 - y1) / height, 1.5 * (y2 - y1)
        corners = tilted_corners((x1 + x2) / 2, (y1 + y2) / 2, width, height, random, 0.5)
        paste_plate(pixels, plate, corners, random)
        return bounding(corners)

    def _on_vehicle(self, size, random):
        photos = self.vehicle_photos[list(VEHICLE_SHARES)[random.choice(len(self.shares), p=self.shares)]]
        photo = photos[random.integers(len(photos))]
        sure, doubtful = self.found.of(photo)
        vehicles = photo.of_class((0, 1, 2, 3))
        kinds = photo.classes[photo.classes != PLATE_CLASS]
        large = [i for i, b in enumerate(vehicles) if (b[2:] - b[:2]).min() >= SMALLEST_VEHICLE]
        pixels = np.ascontiguousarray(photo.pixels)
        plates = sure
        if not large:
            height, width = pixels.shape[:2]
            return view_of_plates(
                pixels, plates, fitted_window(width / 2, height / 2, width, height, size, 1.0), size, random, doubtful
            )
        chosen = large[random.integers(len(large))]
        vehicle = vehicles[chosen]
        middles = (sure[:, :2] + sure[:, 2:]) / 2
        own = np.flatnonzero(((middles > vehicle[:2]) & (middles < vehicle[2:])).all(1))
        if len(own) and random.random() < 0.5:
            pixels, plates = pixels.copy(), plates.copy()
            for index in own:
                plates[index] = self._over(pixels, plates[index], random)
        elif not len(own) and random.random() < 0.6:
            pixels = pixels.copy()
            corners = self._place(vehicle, kinds[chosen] == 1, pixels, random)
            box = bounding(corners)[None]
            plates = np.concatenate((plates, box))
        x1, y1, x2, y2 = vehicle
        pad = random.uniform(0.0, 0.14) * (vehicle[2:] - vehicle[:2])
        if random.random() < 0.75:
            stretch = np.exp(random.normal(0, 0.2))
            shift = random.normal(0, 0.04, 2) * (vehicle[2:] - vehicle[:2])
            window = fitted_window(
                (x1 + x2) / 2 + shift[0],
                (y1 + y2) / 2 + shift[1],
                x2 - x1 + 2 * pad[0],
                y2 - y1 + 2 * pad[1],
                size,
                stretch,
            )
        else:
            height, width = pixels.shape[:2]
            window = fitted_window(
                (x1 + x2) / 2, (y1 + y2) / 2, 0.7 * width, 0.7 * height, size, np.exp(random.normal(0, 0.2))
            )
        return view_of_plates(pixels, plates, window, size, random, doubtful)

    def _place(self, vehicle, motorcycle, pixels, random):
        """Pastes a plate where the front or the rear of the vehicle may be; returns its corners."""
        size = vehicle[2:] - vehicle[:2]
        plate = self.bank.draw(random, motorcycle)
        share = random.uniform(0.22, 0.5) if motorcycle else random.uniform(0.10, 0.32)
        if size[0] > 1.5 * size[1]:
            share *= 0.6
        width = max(14.0, share * size[0])
        height = width * plate.shape[0] / plate.shape[1]
        at = np.array(
            [random.uniform(0.22, 0.78), random.uniform(0.25, 0.8) if motorcycle else random.uniform(0.55, 0.9)]
        )
        middle = vehicle[:2] + at * size
        corners = tilted_corners(middle[0], middle[1], width, height, random, 1.0)
        corners = corners.clip((1, 1), (pixels.shape[1] - 2, pixels.shape[0] - 2))
        paste_plate(pixels, plate, corners, random)
        return corners


def tilted_corners(x, y, width, height, random, amount):
    """Corners (clockwise from top left) of a plate turned a little about all three axes."""
    yaw, roll = random.normal(0, 0.45 * amount), random.normal(0, 0.16 * amount)
    nearer = random.normal(0, 0.10 * amount)
    steepness = 0.6 if random.random() < 0.2 else 0.16
    across = np.array([-0.5, 0.5, 0.5, -0.5]) * width * np.cos(yaw)
    down = np.array([-0.5, -0.5, 0.5, 0.5]) * height * (1 + nearer * np.array([-1, 1, 1, -1])) + across * random.normal(
        0, steepness * amount
    )
    cosine, sine = np.cos(roll), np.sin(roll)
    return np.stack((x + cosine * across - sine * down, y + sine * across + cosine * down), 1).astype(np.float32)


def bounding(corners):
    return np.concatenate((corners.min(0), corners.max(0))).astype(np.float32)


def _smear(pixels, box):
    """Fills the box with what surrounds it, so that nothing of the old plate shows."""
    x1, y1, x2, y2 = (int(v) for v in (box[0] - 2, box[1] - 2, box[2] + 3, box[3] + 3))
    height, width = pixels.shape[:2]
    x1, y1, x2, y2 = max(0, x1), max(0, y1), min(width, x2), min(height, y2)
    if x2 - x1 < 2 or y2 - y1 < 2:
        return
    above = pixels[max(0, y1 - 3) : max(1, y1), x1:x2].mean(0)
    below = pixels[min(height - 1, y2) : min(height, y2 + 3), x1:x2].mean(0)
    blend = np.linspace(0, 1, y2 - y1, dtype=np.float32)[:, None, None]
    fill = above[None] * (1 - blend) + below[None] * blend
    pixels[y1:y2, x1:x2] = cv2.blur(fill.astype(np.uint8), (5, 5))
