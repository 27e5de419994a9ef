"""What light and lens do around a drawn vehicle: its shadow, the halo of its lamps, where its plate shows."""

from __future__ import annotations

import cv2
import numpy as np

from .camera import Camera
from .light import Light
from .solid import Pose


def cast_shadow(frame, camera: Camera, built, pose: Pose, light: Light) -> None:
    """The dark patch under and beside a vehicle."""
    half, nose, tail = built.half_width, built.nose, built.tail
    outline = np.array([(-half, tail, 0), (half, tail, 0), (half, nose, 0), (-half, nose, 0)]) * (0.98, 0.98, 1)
    ground = pose.place(outline)
    shift = np.zeros(3)
    if not light.night:
        shift = -light.sun / max(light.sun[2], 0.4) * 0.5
        shift[2] = 0
    shapes = np.concatenate([ground, ground + shift])
    pixels, depth = camera.project(shapes)
    if depth.min() < 0.4:
        return
    hull = cv2.convexHull(np.clip(pixels, -4000, 4000).astype(np.float32)).astype(np.int32)
    left, top = np.maximum(hull.min((0, 1)) - 24, 0)
    right, bottom = np.minimum(hull.max((0, 1)) + 24, (camera.width, camera.height))
    if right - left < 4 or bottom - top < 4:
        return
    mask = np.zeros((bottom - top, right - left), np.float32)
    cv2.fillConvexPoly(mask, hull - (left, top), 1.0)
    size = int(max(3, camera.focal_pixels * 0.16 / depth.mean())) | 1
    mask = cv2.blur(cv2.blur(mask, (size, size)), (size, size))
    frame[top:bottom, left:right] *= 1 - 0.62 * mask[..., None]


def headlamp_glow(frame, camera: Camera, built, pose: Pose, strength: float = 170) -> None:
    """Light that spills over in the lens from lit headlamps."""
    for lamp in np.unique(built.head_lamps, axis=0):
        place = pose.place(lamp[None])
        forward = pose.place(np.array([[0.0, 1.0, 0.0]])) - pose.place(np.zeros((1, 3)))
        view = camera.position - place[0]
        toward = float(view @ forward[0]) / np.linalg.norm(view)
        if toward <= 0:
            continue
        pixels, depth = camera.project(place)
        if depth[0] < 0.6:
            continue
        add_glow(frame, pixels[0], camera.focal_pixels * 0.3 / depth[0] + 3, strength * toward)


def add_glow(frame, centre, radius, strength, colour=(1.0, 1.0, 1.0)) -> None:
    """A halo around a bright point."""
    reach = int(radius * 4) + 2
    x, y = int(centre[0]), int(centre[1])
    left, top = max(x - reach, 0), max(y - reach, 0)
    right, bottom = min(x + reach + 1, frame.shape[1]), min(y + reach + 1, frame.shape[0])
    if right <= left or bottom <= top:
        return
    rows, columns = np.ogrid[top:bottom, left:right]
    distance = np.sqrt((columns - centre[0]) ** 2 + (rows - centre[1]) ** 2).astype(np.float32) / np.float32(radius)
    halo = np.exp(-(distance**2) * 1.5) + 0.22 * np.exp(-distance * 1.4) * np.clip(4 - distance, 0, 1)
    frame[top:bottom, left:right] += (strength * halo)[..., None].astype(np.float32) * np.array(colour, np.float32)


def plate_box(camera: Camera, corners: np.ndarray):
    """The box around a plate's four world corners, or nothing when it faces away."""
    normal = np.cross(corners[2] - corners[0], corners[3] - corners[1])
    view = camera.position - corners.mean(0)
    # Beyond some 75 degrees there is nothing left to read.
    if view @ normal > -0.25 * np.linalg.norm(normal) * np.linalg.norm(view):
        return None
    pixels, depth = camera.project(corners)
    if depth.min() < 0.5:
        return None
    return (*(float(v) for v in pixels.min(0)), *(float(v) for v in pixels.max(0)))
