"""Solids made of small faces: built in metres, drawn far to near with cv2."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import cv2
import numpy as np

from .camera import NEAR_METRES, Camera
from .light import MATTE, Light, shade

# Sub-pixel bits of cv2's polygon coordinates.
_SHIFT = 4


@dataclass
class Faces:
    """Quads with their colour, material, paint layer within the part, and part."""

    corners: np.ndarray
    colours: np.ndarray
    kinds: np.ndarray
    layers: np.ndarray
    parts: np.ndarray
    two_sided: np.ndarray


@dataclass
class Solid:
    """A body in its own axes: x to its right seen from behind, y forward, z up, origin on the road."""

    _corners: list = field(default_factory=list)
    _colours: list = field(default_factory=list)
    _kinds: list = field(default_factory=list)
    _layers: list = field(default_factory=list)
    _parts: list = field(default_factory=list)
    _two_sided: list = field(default_factory=list)
    _part_count: int = 0

    def part(self) -> int:
        """A new part; parts are drawn far to near, and each on its own."""
        self._part_count += 1
        return self._part_count - 1

    def add_grid(self, points, colour, part, kind=MATTE, layer=0, inside=None, two_sided=False):
        """A sheet of points (rows, columns, 3).

        colour is one colour or one per face; `inside` is a point that lies behind the sheet, and
        settles which of its sides is the outer one.
        """
        points = np.asarray(points, float)
        quads = np.stack([points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]], axis=2)
        rows, columns = quads.shape[:2]
        quads = quads.reshape(-1, 4, 3)
        if inside is not None:
            normals = np.cross(quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1])
            outward = quads.mean(1) - np.asarray(inside, float)
            if (normals * outward).sum() < 0:
                quads = quads[:, ::-1]
        count = len(quads)
        colours = np.broadcast_to(np.asarray(colour, float), (rows, columns, 3)).reshape(-1, 3)
        self._corners.append(quads)
        self._colours.append(colours)
        for store, value in (
            (self._kinds, kind),
            (self._layers, layer),
            (self._parts, part),
            (self._two_sided, two_sided),
        ):
            store.append(np.full(count, value))

    def add_ellipsoid(self, centre, radii, colour, kind=MATTE, part=None, steps=(8, 12), tilt=0.0, layer=0):
        """`tilt` leans its upper end forward, in radians."""
        part = self.part() if part is None else part
        latitude = np.linspace(-math.pi / 2, math.pi / 2, steps[0] + 1)[:, None]
        longitude = np.linspace(0, 2 * math.pi, steps[1] + 1)[None, :]
        x = np.cos(latitude) * np.cos(longitude) * radii[0]
        y = np.cos(latitude) * np.sin(longitude) * radii[1]
        z = np.sin(latitude) * np.ones_like(longitude) * radii[2]
        y, z = y * math.cos(tilt) + z * math.sin(tilt), -y * math.sin(tilt) + z * math.cos(tilt)
        points = np.stack([x, y, z], axis=-1) + np.asarray(centre, float)
        self.add_grid(points, colour, part, kind, layer, inside=centre)
        return part

    def add_limb(self, start, end, radius_start, radius_end, colour, kind=MATTE, part=None, steps=(5, 9), flat=1.0):
        """A tapered tube with round ends; `flat` squeezes it front to back."""
        part = self.part() if part is None else part
        start, end = np.asarray(start, float), np.asarray(end, float)
        axis = end - start
        length = np.linalg.norm(axis)
        axis = axis / length
        side = np.cross(axis, (0.0, 1.0, 0.05))
        side /= np.linalg.norm(side)
        front = np.cross(side, axis)
        along = np.linspace(0, 1, steps[0])
        radii = radius_start + (radius_end - radius_start) * along
        stations = start + along[:, None] * (end - start)
        cap = np.array([0.3, 0.75])
        stations = np.concatenate(
            [
                start - axis * (radius_start * (1 - cap))[:, None],
                stations,
                end + axis * (radius_end * (1 - cap[::-1]))[:, None],
            ]
        )
        radii = np.concatenate([radius_start * np.sqrt(cap * 0.9), radii, radius_end * np.sqrt(cap[::-1] * 0.9)])
        angle = np.linspace(0, 2 * math.pi, steps[1] + 1)
        ring = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * front * flat
        points = stations[:, None, :] + radii[:, None, None] * ring[None]
        self.add_grid(points, colour, part, kind, inside=(start + end) / 2)
        return part

    def add_wheel(self, centre, radius, width, rim_colour, steps=14, rim=0.62, part=None):
        """A tyre with a rim on both faces; its axle lies along x."""
        part = self.part() if part is None else part
        centre = np.asarray(centre, float)
        angle = np.linspace(0, 2 * math.pi, steps + 1)
        circle = np.stack([np.zeros_like(angle), np.cos(angle), np.sin(angle)], axis=-1)
        tyre = (26, 26, 27)
        profile = [(-0.5, 0.86), (-0.42, 0.97), (-0.2, 1.0), (0.2, 1.0), (0.42, 0.97), (0.5, 0.86)]
        tread = np.array([circle * radius * r + (width * x, 0, 0) for x, r in profile]) + centre
        self.add_grid(tread, tyre, part, inside=centre)
        for side in (-1, 1):
            rings = (0.0, rim * 0.35, rim, rim + 0.03, 0.86)
            depth = (0.30, 0.36, 0.44, 0.5, 0.5)
            face = np.array([circle * radius * r + (side * width * d, 0, 0) for r, d in zip(rings, depth)]) + centre
            colours = np.zeros((len(rings) - 1, steps, 3))
            colours[0] = np.array(rim_colour) * 0.7
            spokes = (np.arange(steps) % 3 != 0)[:, None]
            colours[1] = np.where(spokes, np.array(rim_colour), np.array((30, 30, 30)))
            colours[2] = np.array(rim_colour) * 0.8
            colours[3] = tyre
            self.add_grid(face, colours, part, layer=1, inside=centre)
        return part

    def add_box(self, low, high, colour, kind=MATTE, part=None, layer=0, steps=3):
        part = self.part() if part is None else part
        low, high = np.asarray(low, float), np.asarray(high, float)
        centre = (low + high) / 2
        ticks = np.linspace(0, 1, steps + 1)
        u, v = np.meshgrid(ticks, ticks)
        for axis in range(3):
            others = [a for a in range(3) if a != axis]
            for end in (low, high):
                points = np.zeros((*u.shape, 3))
                points[..., axis] = end[axis]
                points[..., others[0]] = low[others[0]] + u * (high - low)[others[0]]
                points[..., others[1]] = low[others[1]] + v * (high - low)[others[1]]
                self.add_grid(points, colour, part, kind, layer, inside=centre)
        return part

    def faces(self) -> Faces:
        return Faces(
            np.concatenate(self._corners),
            np.concatenate(self._colours),
            np.concatenate(self._kinds).astype(int),
            np.concatenate(self._layers),
            np.concatenate(self._parts).astype(int),
            np.concatenate(self._two_sided).astype(bool),
        )


@dataclass(frozen=True)
class Pose:
    """Where a body stands: its origin on the road and its heading (0 drives away along +y)."""

    x: float
    y: float
    heading: float = 0.0
    z: float = 0.0

    def place(self, points: np.ndarray) -> np.ndarray:
        cos, sin = math.cos(self.heading), math.sin(self.heading)
        points = np.asarray(points, float)
        out = np.empty_like(points)
        out[..., 0] = self.x + points[..., 0] * cos + points[..., 1] * sin
        out[..., 1] = self.y - points[..., 0] * sin + points[..., 1] * cos
        out[..., 2] = self.z + points[..., 2]
        return out


@dataclass
class Layer:
    """A drawn body: premultiplied colour and cover (0..1) at the place (left, top) in the frame."""

    left: int
    top: int
    colour: np.ndarray
    cover: np.ndarray

    def paste(self, frame: np.ndarray) -> None:
        height, width = self.cover.shape
        window = frame[self.top : self.top + height, self.left : self.left + width]
        window *= 1 - self.cover[..., None]
        window += self.colour


def _cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """numpy's own cross product spends more time on checks than on this many faces."""
    out = np.empty_like(a)
    out[:, 0] = a[:, 1] * b[:, 2] - a[:, 2] * b[:, 1]
    out[:, 1] = a[:, 2] * b[:, 0] - a[:, 0] * b[:, 2]
    out[:, 2] = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return out


def draw_faces(faces: Faces, pose: Pose, camera: Camera, light: Light, oversample: int = 2, decals=()) -> Layer | None:
    """Draw a body into a layer of the frame, or nothing when it is out of view.

    decals are pictures laid on last: (bgr picture, four world corners from its upper left, clockwise
    as seen from outside, brightness).
    """
    world = pose.place(faces.corners)
    pixels, depth = camera.project(world.reshape(-1, 3))
    pixels = pixels.reshape(-1, 4, 2)
    depth = depth.reshape(-1, 4)
    normals = _cross(world[:, 2] - world[:, 0], world[:, 3] - world[:, 1])
    lengths = np.linalg.norm(normals, axis=1)
    normals = normals / np.maximum(lengths, 1e-12)[:, None]
    centres = world.mean(1)
    outward = ((camera.position - centres) * normals).sum(1)
    flipped = faces.two_sided & (outward < 0)
    normals[flipped] = -normals[flipped]
    seen = ((outward > 0) | faces.two_sided) & (depth.min(1) > NEAR_METRES) & (lengths > 1e-10)
    if not seen.any():
        return None
    low = np.floor(pixels[seen].min((0, 1))).astype(int) - 1
    high = np.ceil(pixels[seen].max((0, 1))).astype(int) + 2
    left, top = max(low[0], 0), max(low[1], 0)
    right, bottom = min(high[0], camera.width), min(high[1], camera.height)
    if right <= left or bottom <= top:
        return None
    inside_view = (
        (pixels[..., 0].max(1) >= left)
        & (pixels[..., 0].min(1) <= right)
        & (pixels[..., 1].max(1) >= top)
        & (pixels[..., 1].min(1) <= bottom)
    )
    chosen = np.flatnonzero(seen & inside_view)
    if not len(chosen):
        return None

    colours = shade(
        centres[chosen], normals[chosen], faces.colours[chosen], faces.kinds[chosen], camera.position, light
    )
    distance = np.linalg.norm(centres - camera.position, axis=1)
    parts = faces.parts
    count = parts.max() + 1
    part_distance = np.bincount(parts, distance, count) / np.maximum(np.bincount(parts, minlength=count), 1)
    order = np.lexsort((-distance[chosen], faces.layers[chosen], -part_distance[parts[chosen]]))

    canvas = np.zeros(((bottom - top) * oversample, (right - left) * oversample, 4), np.uint8)
    shifted = ((pixels[chosen] - (left, top)) * oversample - 0.5) * (1 << _SHIFT)
    shifted = np.clip(np.rint(shifted), -(2**20), 2**20).astype(np.int32)
    paints = np.concatenate([np.clip(colours, 0, 255), np.full((len(chosen), 1), 255.0)], axis=1).tolist()
    fill = cv2.fillConvexPoly
    for index in order:
        fill(canvas, shifted[index], paints[index], cv2.LINE_8, _SHIFT)
    for picture, corners, brightness in decals:
        _lay_decal(canvas, picture, corners, brightness, camera, (left, top), oversample)
    if oversample > 1:
        canvas = cv2.resize(canvas, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    return Layer(left, top, canvas[..., :3].astype(np.float32), canvas[..., 3].astype(np.float32) / 255)


def _lay_decal(canvas, picture, corners, brightness, camera, origin, oversample) -> None:
    corners = np.asarray(corners, float)
    normal = np.cross(corners[2] - corners[0], corners[3] - corners[1])
    if (camera.position - corners.mean(0)) @ normal >= 0:
        return
    target, depth = camera.project(corners)
    if depth.min() <= NEAR_METRES:
        return
    target = ((target - origin) * oversample - 0.5).astype(np.float32)
    wide = max(np.linalg.norm(target[1] - target[0]), 1.0)
    # A picture much larger than its place is shrunk first, or the warp would skip over its strokes.
    shrink = wide / picture.shape[1]
    if shrink < 0.7:
        size = (max(round(wide), 8), max(round(picture.shape[0] * shrink), 3))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    height, width = picture.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(source, target)
    rgba = np.dstack([np.clip(picture * brightness, 0, 255).astype(np.uint8), np.full((height, width), 255, np.uint8)])
    left, top = np.maximum(np.floor(target.min(0)).astype(int) - 1, 0)
    right, bottom = np.minimum(np.ceil(target.max(0)).astype(int) + 2, (canvas.shape[1], canvas.shape[0]))
    if right <= left or bottom <= top:
        return
    shift = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], float)
    warped = cv2.warpPerspective(rgba, shift @ matrix, (int(right - left), int(bottom - top)), flags=cv2.INTER_LINEAR)
    window = canvas[top:bottom, left:right]
    kept = window.astype(np.uint16) * (255 - warped[..., 3:4].astype(np.uint16)) // 255
    window[:] = (kept + warped).astype(np.uint8)
