"""Single drawn scenes for training a detector: any view, any light, boxes known."""

from __future__ import annotations

import dataclasses
import functools
import math

import cv2
import numpy as np

from ..plates import draw_plate, random_spec
from . import light as lights
from .camera import Camera
from .car_body import build
from .car_shapes import SHAPES
from .light import Lamp, Light
from .motorcycle import build_motorcycle
from .optics import cast_shadow, headlamp_glow, plate_box
from .palette import random_colour
from .solid import Layer, Pose, draw_faces

CLASS_IDS = {"car": 0, "motorcycle": 1, "bus": 2, "truck": 3}

# A box that shows less of the vehicle than this is not asked of a detector.
_LEAST_SHOWN = 0.25
_SHAPE_WEIGHTS = {"sedan": 3, "hatchback": 4, "mpv": 5, "suv": 3, "van": 1.5, "bus": 1.2, "truck": 2}


def random_scene(rng: np.random.Generator, width: int = 640, height: int = 384):
    """A drawn scene: (bgr image, [(class id, x1, y1, x2, y2)], [(plate text, x1, y1, x2, y2)]), boxes in pixels.

    A plate is listed when it is wide enough to be seen as one (about 14 pixels) and not hidden.
    """
    light = _random_light(rng)
    camera = Camera(
        width,
        height,
        focal_pixels=width * rng.uniform(0.85, 1.5),
        z=rng.uniform(1.4, 3.6),
        yaw=rng.uniform(-0.12, 0.12),
        pitch_down=rng.uniform(0.06, 0.26),
    )
    frame = _backdrop(rng, camera, light)
    standing = []
    for _ in range(int(rng.choice([1, 2, 3, 4], p=[0.35, 0.35, 0.2, 0.1]))):
        placed = _random_vehicle(rng, light, standing)
        if placed is not None:
            standing.append(placed)
    standing.sort(key=lambda vehicle: -vehicle[2].y)

    drawn = []
    for built, faces, pose, plates in standing:
        cast_shadow(frame, camera, built, pose, light)
        decals = [(picture, pose.place(corners), brightness) for _, picture, corners, brightness in plates]
        layer = draw_faces(faces, pose, camera, light, oversample=2, decals=decals)
        if layer is None:
            continue
        layer.paste(frame)
        drawn.append((built, pose, plates, layer))
    if light.night:
        for built, pose, _, _ in drawn:
            headlamp_glow(frame, camera, built, pose)

    vehicle_boxes, plate_boxes = [], []
    for index, (built, pose, plates, layer) in enumerate(drawn):
        hidden = np.zeros_like(layer.cover)
        for _, _, _, nearer in drawn[index + 1 :]:
            _add_cover(hidden, layer, nearer)
        solid = layer.cover > 0.5
        shown = solid & (hidden < 0.5)
        if shown.sum() < max(60, _LEAST_SHOWN * solid.sum()):
            continue
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        left, top = layer.left + columns[0], layer.top + rows[0]
        right, bottom = layer.left + columns[-1] + 1, layer.top + rows[-1] + 1
        vehicle_boxes.append((CLASS_IDS[built.vehicle_class], float(left), float(top), float(right), float(bottom)))
        for text, _, corners, _ in plates:
            box = plate_box(camera, pose.place(corners))
            if box is None or box[2] - box[0] < 14 or box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
                continue
            x, y = int((box[0] + box[2]) / 2) - layer.left, int((box[1] + box[3]) / 2) - layer.top
            if 0 <= y < shown.shape[0] and 0 <= x < shown.shape[1] and shown[y, x]:
                plate_boxes.append((text, *box))
    return _as_filmed(rng, frame, light), vehicle_boxes, plate_boxes


def _random_light(rng) -> Light:
    if rng.random() < 0.65:
        sun = (rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(0.4, 1.2))
        return lights.day(sun, overcast=float(rng.choice([0, 0, 0.4, 1.0])))
    warm = rng.uniform(0.6, 1.0)
    lamps = tuple(
        Lamp(
            (rng.uniform(-5, 5), rng.uniform(2, 16), rng.uniform(3, 6)),
            (warm * 0.8, warm * 0.95, 1.0),
            rng.uniform(3, 16),
        )
        for _ in range(int(rng.integers(1, 4)))
    )
    return lights.night(lamps, flood=rng.uniform(0.05, 0.6))


@functools.cache
def _template(name: str, lamps_on: bool, variant: int):
    """A built body, and how each of its faces' colours follows from the paint: share and rest."""

    def body(paint):
        rng = np.random.default_rng(variant)
        if name == "motorcycle":
            return build_motorcycle(paint, rng, lamps_on, detail=0.6, passenger=variant % 4 == 3)
        return build(SHAPES[name], paint, rng, lamps_on, detail=0.5)

    built, darker = body((180.0,) * 3), body((80.0,) * 3)
    faces = built.solid.faces()
    share = (faces.colours - darker.solid.faces().colours) / 100
    return built, faces, share, faces.colours - share * 180


def _random_vehicle(rng, light: Light, standing):
    lamps_on = light.night or rng.random() < 0.1
    name, vehicle, nearest = "motorcycle", "motorcycle", 3.0
    if rng.random() > 0.36:
        names = list(_SHAPE_WEIGHTS)
        weights = np.array([_SHAPE_WEIGHTS[name] for name in names], float)
        name, vehicle = names[rng.choice(len(names), p=weights / weights.sum())], "car"
        nearest = 3.6 if SHAPES[name].vehicle_class == "car" else 6.0
    built, faces, share, rest = _template(name, bool(lamps_on), int(rng.integers(12 if vehicle == "motorcycle" else 3)))
    faces = dataclasses.replace(faces, colours=np.clip(share * random_colour(rng) + rest, 0, 255))
    for _ in range(8):
        depth = nearest + rng.exponential(5.0)
        x = rng.uniform(-0.42, 0.42) * (depth + 2.5)
        if all(
            abs(other.x - x) > half + built.half_width + 0.3 or abs(other.y - depth) > 5.5
            for other, half in standing_places(standing)
        ):
            break
    else:
        return None
    heading = float(rng.choice([0.0, math.pi])) + rng.normal(0, 0.3)
    if rng.random() < 0.08:
        heading = rng.uniform(0, 2 * math.pi)
    # The depth counts to the nearer end.
    near_end = built.nose if math.cos(heading) < 0 else -built.tail
    pose = Pose(x, depth + near_end, heading)
    spec = random_spec(rng, country="ID", vehicle=vehicle)
    picture = draw_plate(spec, 40, rng)
    brightness = 0.85 if not light.night else rng.uniform(0.35, 0.95)
    plates = [(spec.text, picture, built.plate_front, brightness), (spec.text, picture, built.plate_rear, brightness)]
    if vehicle == "motorcycle" and rng.random() < 0.15:
        plates = plates[1:]
    return built, faces, pose, plates


def standing_places(standing):
    return [(pose, built.half_width) for built, _, pose, _ in standing]


def _add_cover(hidden, layer: Layer, nearer: Layer) -> None:
    left, top = max(layer.left, nearer.left), max(layer.top, nearer.top)
    right = min(layer.left + layer.cover.shape[1], nearer.left + nearer.cover.shape[1])
    bottom = min(layer.top + layer.cover.shape[0], nearer.top + nearer.cover.shape[0])
    if right <= left or bottom <= top:
        return
    window = hidden[top - layer.top : bottom - layer.top, left - layer.left : right - layer.left]
    other = nearer.cover[top - nearer.top : bottom - nearer.top, left - nearer.left : right - nearer.left]
    np.maximum(window, other, out=window)


def _cloud(rng, shape, cells) -> np.ndarray:
    grid = rng.random((max(2, cells), max(2, int(cells * shape[1] / shape[0])))).astype(np.float32) - 0.5
    return cv2.resize(grid, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def _backdrop(rng, camera: Camera, light: Light) -> np.ndarray:
    """Road, walls, trees and signs in no order that a detector could learn."""
    height, width = camera.height, camera.width
    level = 0.22 if light.night else 1.0
    frame = np.empty((height, width, 3), np.float32)
    horizon = int(np.clip(height / 2 - math.tan(camera.pitch_down) * camera.focal_pixels, -40, height * 0.6))
    sky = np.array(light.zenith) * 0.5 + np.array(light.horizon) * 0.5
    frame[:] = sky * rng.uniform(0.8, 1.0)
    for _ in range(int(rng.integers(4, 14))):
        tall = rng.uniform(0.03, 0.3) * height
        wide = rng.uniform(0.04, 0.35) * width
        x, base = rng.uniform(-0.1, 1.0) * width, horizon + rng.uniform(0.0, 0.10) * height
        colour = (rng.uniform(30, 220, 3) * 0.6 + rng.uniform(20, 180) * 0.4) * level
        if rng.random() < 0.5:
            colour = np.array((50, 90, 60)) * rng.uniform(0.5, 1.3) * level
            cv2.ellipse(
                frame,
                (int(x), int(base - tall / 2)),
                (int(wide / 3), int(tall / 1.6)),
                0,
                0,
                360,
                colour.tolist(),
                -1,
                cv2.LINE_AA,
            )
        else:
            cv2.rectangle(frame, (int(x), int(base - tall)), (int(x + wide), int(base)), colour.tolist(), -1)
            for row in np.arange(base - tall + 6, base - 6, 13):
                for column in np.arange(x + 5, x + wide - 8, 16):
                    cv2.rectangle(
                        frame, (int(column), int(row)), (int(column + 8), int(row + 7)), (colour * 0.6).tolist(), -1
                    )
    ground_top = max(horizon, 0)
    road = np.array((96, 98, 100.0)) * rng.uniform(0.5, 1.5) * level + rng.normal(0, 6, 3) * level
    frame[ground_top:] = road
    if rng.random() < 0.8:
        for _ in range(int(rng.integers(1, 5))):
            x = rng.uniform(-6, 6)
            wide = rng.choice([0.12, 0.15, 0.3, 2.5])
            colour = [(210, 215, 215), (40, 190, 220), (60, 90, 62), (150, 150, 150)][rng.integers(4)]
            strip = np.array([(x, 1.5, 0), (x + wide, 1.5, 0), (x + wide, 60, 0), (x, 60, 0)], float)
            pixels, _ = camera.project(strip)
            cv2.fillConvexPoly(
                frame, np.clip(pixels, -4000, 4000).astype(np.int32), (np.array(colour) * level).tolist(), cv2.LINE_AA
            )
    texture = (_cloud(rng, (height, width), 9) * 26 + _cloud(rng, (height, width), 60) * 16) * level
    for channel in range(3):
        frame[..., channel] += texture
    for _ in range(int(rng.integers(0, 5))):
        x, base, tall = rng.uniform(0, width), rng.uniform(horizon, height), rng.uniform(0.15, 0.7) * height
        thick = int(rng.uniform(2, 16))
        colour = (rng.uniform(20, 230, 3) * level).tolist()
        cv2.line(frame, (int(x), int(base)), (int(x + rng.normal(0, 12)), int(base - tall)), colour, thick, cv2.LINE_AA)
    if rng.random() < 0.3:
        colour = (rng.uniform(30, 230, 3) * level).tolist()
        x, y = rng.uniform(0, width), rng.uniform(0, height * 0.6)
        cv2.rectangle(
            frame, (int(x), int(y)), (int(x + rng.uniform(40, 160)), int(y + rng.uniform(60, 260))), colour, -1
        )
    if light.night:
        for lamp in light.lamps:
            _pool(frame, camera, lamp)
    return np.clip(frame, 0, 255)


def _pool(frame, camera: Camera, lamp: Lamp) -> None:
    """The lit patch of road under a lamp, worked out on a coarse grid."""
    rows, columns = np.mgrid[0 : camera.height : 16, 0 : camera.width : 16].astype(float)
    x, y, meets = camera.ground_points(columns, rows)
    reach = (x - lamp.position[0]) ** 2 + (y - lamp.position[1]) ** 2 + lamp.position[2] ** 2
    lit = np.where(meets, lamp.power * lamp.position[2] / np.maximum(reach, 1) ** 1.5, 0.0).astype(np.float32)
    lit = cv2.resize(lit, (camera.width, camera.height), interpolation=cv2.INTER_LINEAR)
    for channel in range(3):
        frame[..., channel] += lit * np.float32(lamp.colour[channel] * 95)


def _as_filmed(rng, frame, light: Light) -> np.ndarray:
    gain = rng.uniform(0.8, 1.15) if not light.night else rng.uniform(0.9, 1.7)
    if rng.random() < 0.5:
        frame = cv2.GaussianBlur(frame, (0, 0), rng.uniform(0.4, 1.1))
    sigma = rng.uniform(0.5, 4) if not light.night else rng.uniform(2, 9)
    grain = cv2.resize(rng.standard_normal((frame.shape[0] // 2, frame.shape[1] // 2), np.float32), frame.shape[1::-1])
    frame = cv2.addWeighted(frame, gain, cv2.merge([grain] * 3), sigma * 1.5, 0)
    return np.clip(frame, 0, 255, out=frame).astype(np.uint8)
