"""Drawn material for the detectors, rendered once: gate scenes with exact boxes and a bank of flat plates."""

import cv2
import numpy as np

from ..plates import draw_plate, random_spec
from ..scene import random_scene
from .photos import PLATE_CLASS, PhotoCache

SCENE_SIZE = (640, 384)
PLATE_HEIGHT = 56
# Seeds far from those of the bundled clip, whose scenes must stay unseen.
SCENE_SEED, PLATE_SEED = 911_000, 912_000


def drawn_scene(number):
    """Name, pixels, boxes and classes (vehicles 0..3 and plates 4) of one scene; the same number draws the same."""
    pixels, vehicles, plates = random_scene(np.random.default_rng([SCENE_SEED, number]), *SCENE_SIZE)
    boxes = [v[1:] for v in vehicles] + [p[1:] for p in plates]
    classes = [v[0] for v in vehicles] + [PLATE_CLASS] * len(plates)
    return f"scene-{number}", pixels, np.array(boxes, np.float32).reshape(-1, 4), np.array(classes, np.int64)


def drawn_scenes(cache_folder, count):
    """Scenes as labelled photos."""
    return PhotoCache("drawn", cache_folder, count, lambda: map(drawn_scene, range(count))).photos(held_out=False)


class PlateBank:
    """Flat plates by vehicle kind, ready to be warped into photos."""

    def __init__(self, cache_folder, count):
        def render():
            for number in range(count):
                random = np.random.default_rng([PLATE_SEED, number])
                kind = 1 if random.random() < 0.4 else 0
                spec = random_spec(random, vehicle="motorcycle" if kind else "car")
                plate = draw_plate(spec, PLATE_HEIGHT, random)
                yield f"plate-{number}", np.ascontiguousarray(plate), np.zeros((0, 4)), np.array([kind])

        photos = PhotoCache("plates", cache_folder, count, render).photos(held_out=False)
        self.by_kind = {kind: [p.pixels for p in photos if p.classes[0] == kind] for kind in (0, 1)}

    def draw(self, random, motorcycle=False, aspect=None):
        """A plate; with `aspect` (width over height) one of those nearest to it out of a few."""
        plates = self.by_kind[1 if motorcycle else 0]
        if aspect is None:
            return plates[random.integers(len(plates))]
        some = [plates[i] for i in random.integers(len(plates), size=8)]
        return min(some, key=lambda p: abs(np.log(p.shape[1] / p.shape[0] / aspect)))


def paste_plate(pixels, plate, corners, random):
    """Warps a plate onto corners [4,2] (clockwise from top left) of the photo, in its light; changes `pixels`."""
    x1, y1 = np.floor(corners.min(0)).astype(int) - 2
    x2, y2 = np.ceil(corners.max(0)).astype(int) + 3
    x1, y1, x2, y2 = max(0, x1), max(0, y1), min(pixels.shape[1], x2), min(pixels.shape[0], y2)
    if x2 - x1 < 4 or y2 - y1 < 3:
        return
    region = pixels[y1:y2, x1:x2].astype(np.float32)
    height, width = plate.shape[:2]
    target_width = np.linalg.norm(corners[1] - corners[0])
    shrink = max(1.0, width / max(target_width, 4) / 1.5)
    if shrink > 1.1:
        plate = cv2.resize(
            plate, (max(4, int(width / shrink)), max(3, int(height / shrink))), interpolation=cv2.INTER_AREA
        )
        height, width = plate.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    transform = cv2.getPerspectiveTransform(source, (corners - (x1, y1)).astype(np.float32))
    size = (x2 - x1, y2 - y1)
    warped = cv2.warpPerspective(
        plate, transform, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    cover = cv2.warpPerspective(np.ones((height, width), np.float32), transform, size, flags=cv2.INTER_LINEAR)[
        ..., None
    ]
    # A white plate is about as bright as the brightest of what surrounds it; sometimes a lamp lights it.
    bright = np.percentile(region.max(2), 92)
    gain = np.clip(bright / 215 * np.exp(random.normal(0.05, 0.25)), 0.12, 1.25)
    cast = region.mean((0, 1))
    cast = (cast / max(cast.mean(), 1)) ** random.uniform(0.2, 0.7)
    slope = random.normal(0, 0.15)
    ramp = np.linspace(1 - slope, 1 + slope, size[1], dtype=np.float32)[:, None, None]
    warped = warped * gain * cast * ramp
    if random.random() < 0.5:
        warped = cv2.GaussianBlur(warped, (0, 0), float(random.uniform(0.3, 0.9)))
    pixels[y1:y2, x1:x2] = (region * (1 - cover) + warped * cover).clip(0, 255).astype(np.uint8)
