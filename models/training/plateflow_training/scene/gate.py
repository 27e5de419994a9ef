"""The place: road, islands, booth, barrier, trees and houses around one lane of a car park's gate."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import cv2
import numpy as np

from . import light as lights
from .camera import Camera
from .light import GLASS, GLOW, LENS, MATTE, PAINT, Lamp, Light
from .optics import add_glow
from .solid import Pose, Solid, draw_faces

LANE_HALF = 1.95
_ISLAND = 1.15
_STILL = Pose(0.0, 0.0)
_YELLOW, _BLACK = np.array((36, 188, 232.0)), np.array((34, 34, 34.0))
_SAMPLES = 2


@dataclass(frozen=True)
class Gate:
    """One gate and its camera; `side` mirrors the place: +1 has the camera to the right of the lane."""

    name: str
    side: int
    barrier_y: float
    stop_y: float
    wall: tuple[float, float, float]
    booth: tuple[float, float, float]
    sign: str
    seed: int

    def camera(self, width: int = 1280, height: int = 720) -> Camera:
        return Camera(
            width, height, focal_pixels=1.25 * width, x=1.4 * self.side, z=2.5, yaw=-0.165 * self.side, pitch_down=0.2
        )

    def lamps(self) -> tuple[Lamp, ...]:
        side = self.side
        return (
            Lamp((-3.0 * side, 8.2, 3.4), (0.86, 0.97, 1.0), 9.0),
            Lamp((3.3 * side, 15.0, 5.2), (0.62, 0.86, 1.0), 22.0),
            Lamp((-6.5 * side, 27.0, 5.5), (0.60, 0.84, 1.0), 22.0),
        )

    def night(self) -> Light:
        return lights.night(self.lamps(), flood=0.42)

    def day(self, rain: bool = False) -> Light:
        return lights.day((0.55 * self.side, -0.35, 0.8), overcast=1.0 if rain else 0.0)


ENTRY = Gate("entry", 1, 3.85, 5.35, (196, 206, 212), (150, 92, 34), "MASUK", 11)
EXIT = Gate("exit", -1, 11.2, 5.35, (160, 190, 204), (60, 110, 44), "KELUAR", 23)


def paint_place(gate: Gate, camera: Camera, light: Light, rain: bool = False) -> np.ndarray:
    """Everything that does not move, as float32 colour."""
    rng = np.random.default_rng(gate.seed)
    fine = dataclasses.replace(
        camera, width=camera.width * _SAMPLES, height=camera.height * _SAMPLES, focal_pixels=camera.focal_pixels * _SAMPLES
    )
    frame = _sky(fine, light, rng)
    _houses(frame, fine, light, rng)
    _ground(frame, gate, fine, light, rng, rain)
    _far_trees(frame, fine, light, rng, gate.side)
    for solid in _furniture(gate, light):
        layer = draw_faces(solid.faces(), _STILL, fine, light, oversample=1)
        if layer is not None:
            layer.paste(frame)
    _near_hedge(frame, fine, light, rng, gate.side)
    _sign(frame, gate, fine, light)
    frame = cv2.resize(np.clip(frame, 0, 255), (camera.width, camera.height), interpolation=cv2.INTER_AREA)
    if light.night:
        _lamp_glow(frame, gate, camera)
    return frame


def _noise(rng, size: int, cells: int) -> np.ndarray:
    """Smooth noise in -0.5..0.5 that repeats at its edges."""
    grid = rng.random((cells, cells)).astype(np.float32) - 0.5
    grid = np.pad(grid, 2, mode="wrap")
    scale = size // cells
    big = cv2.resize(grid, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return big[2 * scale : 2 * scale + size, 2 * scale : 2 * scale + size]


def _sample(texture: np.ndarray, x: np.ndarray, y: np.ndarray, per_metre: float) -> np.ndarray:
    size = texture.shape[0]
    columns = np.mod(x * per_metre, size - 1).astype(np.float32)
    rows = np.mod(y * per_metre, size - 1).astype(np.float32)
    return cv2.remap(texture, columns, rows, cv2.INTER_LINEAR)


def _sky(camera: Camera, light: Light, rng) -> np.ndarray:
    height, width = camera.height, camera.width
    ramp = np.linspace(0, 1, height)[:, None, None]
    frame = np.array(light.zenith) * (1 - ramp) + np.array(light.horizon) * ramp
    frame = np.broadcast_to(frame, (height, width, 3)).astype(np.float32)
    clouds = cv2.resize(_noise(rng, 512, 8) + 0.5 * _noise(rng, 512, 32), (width, height))
    return np.ascontiguousarray(frame + (clouds * (6 if light.night else 26))[..., None], np.float32)


def _level(light: Light) -> float:
    return 0.10 if light.night else 0.92


def _houses(frame, camera: Camera, light: Light, rng) -> None:
    """Houses beyond the road, with windows."""
    x = -40.0
    while x < 40:
        wide, tall, y = rng.uniform(6, 11), rng.uniform(4.5, 9), rng.uniform(44, 56)
        colour = np.array([(176, 190, 200), (150, 168, 190), (190, 196, 198), (140, 160, 176), (176, 168, 150)][rng.integers(5)], float)
        corners = np.array([(x, y, 0), (x + wide, y, 0), (x + wide, y, tall), (x, y, tall)])
        pixels, _ = camera.project(corners)
        cv2.fillConvexPoly(frame, np.rint(pixels).astype(np.int32), (colour * _level(light)).tolist())
        for floor in np.arange(0.8, tall - 1.2, 2.6):
            for place in np.arange(x + 0.6, x + wide - 1.2, 1.9):
                lit = light.night and rng.random() < 0.3
                shade = np.array((90, 190, 235.0)) * 0.55 if lit else np.array((96, 84, 74.0)) * _level(light)
                pane = np.array([(place, y, floor), (place + 1.1, y, floor), (place + 1.1, y, floor + 1.3), (place, y, floor + 1.3)])
                pixels, _ = camera.project(pane)
                cv2.fillConvexPoly(frame, np.rint(pixels).astype(np.int32), shade.tolist())
        roof = np.array([(x - 0.4, y, tall), (x + wide + 0.4, y, tall), (x + wide - 1.2, y, tall + 1.5), (x + 1.2, y, tall + 1.5)])
        pixels, _ = camera.project(roof)
        cv2.fillConvexPoly(frame, np.rint(pixels).astype(np.int32), (np.array((62, 78, 128.0)) * _level(light)).tolist(), cv2.LINE_AA)
        x += wide + rng.uniform(0.2, 4)


def _ground(frame, gate: Gate, camera: Camera, light: Light, rng, rain: bool) -> None:
    rows, columns = np.mgrid[0 : camera.height, 0 : camera.width].astype(np.float32)
    x, y, meets = camera.ground_points(columns, rows)
    meets &= y < 43
    x, y = (x * gate.side).astype(np.float32), y.astype(np.float32)
    coarse, medium, grain = _noise(rng, 1024, 16), _noise(rng, 1024, 128), _noise(rng, 1024, 512)
    # Fine grain fades out where a pixel covers more of the road than the grain does.
    near = np.clip(12 / np.maximum(y, 1), 0, 1)
    patches = _sample(coarse, x, y, 24) + 0.5 * _sample(coarse, x + 7, y * 0.6, 90)
    speckle = (0.6 * _sample(medium, x, y, 150) + _sample(grain, x, y, 260)) * near

    asphalt = np.array((101, 100, 99.0))
    colour = asphalt + (patches * 22 + speckle * 34)[..., None]
    # Tyres polish two tracks and drop oil between them.
    tracks = np.exp(-(((np.abs(x) - 0.75) / 0.28) ** 2)) * (0.7 + patches)
    oil = np.exp(-((x / 0.35) ** 2)) * np.clip(_sample(coarse, x * 3, y, 60) + 0.1, 0, 1)
    colour = colour + (tracks * 9 - oil * 34)[..., None]
    cracks = np.abs(_sample(coarse, x + 3, y, 50) + 0.25 * _sample(medium, x, y, 60)) < 0.006
    colour = np.where((cracks & (y < 16))[..., None], colour * 0.72, colour)

    def cover(condition, shade):
        nonlocal colour
        colour = np.where(condition[..., None], shade, colour)

    grass = np.stack([52 + speckle * 40, 96 + speckle * 70 + patches * 30, 74 + speckle * 50 + patches * 24], axis=-1)
    cover((x > LANE_HALF + _ISLAND) & (y < 22), grass)
    cover((x < -8.2) & (y < 26), grass)
    worn = 0.86 + patches * 0.5 + speckle * 0.4
    white = np.clip(np.array((205, 208, 208.0)) * worn[..., None], 0, 235)
    yellow = np.clip(_YELLOW * worn[..., None], 0, 240)
    cover((np.abs(x) > LANE_HALF - 0.22) & (np.abs(x) < LANE_HALF - 0.10) & (y < 24), yellow)
    cover((np.abs(x + 5.4) < 0.07) & (np.mod(y, 3.2) < 1.7) & (y < 34), white)
    stop = gate.stop_y - 0.55 if gate is ENTRY else gate.barrier_y - 0.9
    cover((np.abs(x) < LANE_HALF - 0.25) & (np.abs(y - stop) < 0.14), white)
    arrow_y = 9.2 if gate is ENTRY else 8.0
    along = (y - arrow_y) if gate is EXIT else (arrow_y + 2.4 - y)
    head = (along > 1.4) & (along < 2.4) & (np.abs(x) < (2.4 - along) * 0.42)
    cover(head | ((along > 0) & (along <= 1.4) & (np.abs(x) < 0.11)), white)
    hump = (np.abs(x) < LANE_HALF - 0.02) & (np.abs(y - 17.0) < 0.22)
    cover(hump, np.where((np.mod(x + 20, 1.0) < 0.5)[..., None], yellow, np.clip(_BLACK * worn[..., None], 0, 80)))
    cross = (y > 26) & (y < 26.4)
    cover(cross, white * 0.9)

    lit = np.full(x.shape + (3,), 1.0) * np.array(light.ambient)
    if not light.night and light.sun_colour[2] > 0:
        # The crowns of trees throw a dappled shade over part of the lane.
        leaves = _sample(coarse, x * 0.8 + y * 0.3, y * 0.8, 60) + 0.5 * _sample(medium, x, y, 28)
        reach = np.clip((x + 1.2 + 1.6 * _sample(coarse, x, y, 14)) / 2.0, 0, 1) * np.clip((y - 6.5) / 3, 0, 1)
        shaded = np.clip((leaves + 0.28) / 0.12, 0, 1) * reach
        lit = lit + np.array(light.sun_colour)[None, None] * (0.9 * (1 - 0.82 * shaded))[..., None]
    for lamp in light.lamps:
        px, py, pz = lamp.position
        reach = (x - px * gate.side) ** 2 + (y - py) ** 2 + pz**2
        lit = lit + np.array(lamp.colour) * (1.35 * lamp.power * pz / reach**1.5)[..., None]
    if light.flood:
        distance = np.sqrt((x * gate.side - camera.x) ** 2 + y**2 + camera.z**2)
        lit = lit + (light.flood * 0.34 * np.clip(6 / distance, 0, 1.2) ** 2)[..., None]
    colour = colour * lit
    if rain:
        puddles = np.clip(_sample(coarse, x, y * 0.7, 30) * 6 - 0.3, 0, 1)[..., None]
        mirror = np.array(light.horizon) * (0.28 if not light.night else 0.5)
        colour = colour * 0.72
        colour = colour * (1 - 0.35 * puddles) + mirror * 0.35 * puddles
    # Distance washes out towards the horizon's colour.
    haze = np.clip((y - 18) / 60, 0, 0.4)[..., None] * (0.4 if light.night else 1)
    colour = colour * (1 - haze) + np.array(light.horizon) * haze
    frame[meets] = colour[meets]


def _foliage(frame, camera: Camera, light: Light, rng, centre, size, count, tint) -> None:
    """A crown of leaves: dark clumps behind, light ones on the sunny side."""
    clumps = np.clip(rng.normal(0, 0.42, (count, 3)), -0.85, 0.85) * size
    order = np.argsort(clumps[:, 1] - clumps[:, 2] * 0.4)[::-1]
    level = 0.11 if light.night else 1.0
    for step, index in enumerate(order):
        place = np.array(centre) + clumps[index]
        pixels, depth = camera.project(place[None])
        if depth[0] < 2:
            continue
        radius = camera.focal_pixels * rng.uniform(0.04, 0.10) * size / depth[0]
        glow = 0.0
        for lamp in light.lamps:
            glow += lamp.power * 0.22 / (1.5 + ((np.array(lamp.position) - place) ** 2).sum())
        bright = level * (0.45 + 0.5 * step / count + 0.18 * clumps[index, 2] / size) * rng.uniform(0.8, 1.2) + glow
        colour = np.clip(np.array(tint) * bright, 0, 235)
        axes = (max(int(radius), 1), max(int(radius * rng.uniform(0.45, 0.8)), 1))
        cv2.ellipse(frame, tuple(int(v) for v in pixels[0]), axes, rng.uniform(-50, 50), 0, 360, colour.tolist(), -1, cv2.LINE_AA)


def _far_trees(frame, camera: Camera, light: Light, rng, side: int) -> None:
    for _ in range(9):
        x, y = rng.uniform(-26, 22), rng.uniform(30, 42)
        if abs(x) < 4.5:
            x = math.copysign(6 + rng.uniform(0, 4), x)
        base, top = camera.project(np.array([(x, y, 0), (x, y, 3.0)]))[0]
        trunk = (np.array((48, 62, 78.0)) * (0.15 if light.night else 0.9)).tolist()
        cv2.line(frame, tuple(int(v) for v in base), tuple(int(v) for v in top), trunk, max(2, int(camera.focal_pixels * 0.22 / y)), cv2.LINE_AA)
        _foliage(frame, camera, light, rng, (x, y, rng.uniform(3.6, 4.6)), rng.uniform(2.2, 3.2), 260, (66, 122, 84))
    for x in np.arange(LANE_HALF + _ISLAND + 0.8, 9, 0.55):
        _foliage(frame, camera, light, rng, (x * side, 22 + rng.uniform(-0.4, 0.4), 0.5), 0.75, 60, (52, 116, 78))


def _near_hedge(frame, camera: Camera, light: Light, rng, side: int) -> None:
    for y in np.arange(19.0, 6.0, -0.9):
        _foliage(frame, camera, light, rng, (side * (LANE_HALF + _ISLAND + 1.5 + rng.uniform(-0.2, 0.2)), y, 0.32), 0.62, 240, (56, 124, 82))


def _furniture(gate: Gate, light: Light) -> list[Solid]:
    """Islands, booth, machine, bollards and lamp posts, the far ones first."""
    side = gate.side
    solids = []

    wall = Solid()
    wall.add_box((-16, 29, 0), (-8.6, 29.3, 1.9), gate.wall, steps=10)
    wall.add_box((-16, 28.95, 1.9), (-8.5, 29.35, 2.05), (90, 110, 150), steps=10)
    if side < 0:
        wall.add_box((5.5, 30, 0), (16, 30.3, 1.9), gate.wall, steps=10)
    solids.append(wall)

    for x, y, tall in ((-6.5, 27.0, 5.5), (3.3, 15.0, 5.2)):
        post = Solid()
        post.add_limb((x * side, y, 0), (x * side, y, tall), 0.07, 0.05, (120, 122, 122), LENS, steps=(10, 8))
        post.add_limb((x * side, y, tall), ((x - math.copysign(0.9, x)) * side, y, tall + 0.12), 0.04, 0.03, (120, 122, 122), LENS)
        head = (x - math.copysign(1.0, x)) * side
        post.add_box((head - 0.25, y - 0.1, tall + 0.06), (head + 0.25, y + 0.1, tall + 0.16), (150, 150, 150), steps=1)
        solids.append(post)

    for direction in (-1, 1):
        island = Solid()
        inner, outer = direction * LANE_HALF * side, direction * (LANE_HALF + _ISLAND) * side
        low, high = min(inner, outer), max(inner, outer)
        part = island.part()
        edges = np.arange(2.0, 16.01, 0.25)
        top = np.array([[(x, y, 0.16) for y in edges] for x in np.linspace(low, high, 9)])
        shades = np.broadcast_to(np.array((150, 156, 160.0)), (8, len(edges) - 1, 3)).copy()
        shades *= np.random.default_rng(5).uniform(0.93, 1.07, shades.shape[:2])[..., None]
        shades[:, ::4] *= 0.93
        stripes = np.where(((np.arange(len(edges) - 1) // 2) % 2 == 0)[:, None], _YELLOW, _BLACK)
        island.add_grid(top, shades, part, inside=((low + high) / 2, 9, -5))
        for edge, inward in ((low, 1), (high, -1)):
            face = np.array([[(edge, y, z) for y in edges] for z in (0.0, 0.16)])
            island.add_grid(face, stripes[None], part, inside=(edge + inward, 9, 0.1))
            rim = np.array([[(edge + inward * w, y, 0.163) for y in edges] for w in (0.0, 0.16)])
            island.add_grid(rim, stripes[None], part, layer=1, inside=(edge, 9, -5))
        end = np.array([[(low, 16.0, 0.0), (high, 16.0, 0.0)], [(low, 16.0, 0.16), (high, 16.0, 0.16)]])
        island.add_grid(end, _YELLOW, part, inside=((low + high) / 2, 9, 0.1))
        solids.append(island)

    for y in (15.4, 12.6):
        for x in (-LANE_HALF - 0.35, LANE_HALF + 0.35):
            bollard = Solid()
            for step in range(4):
                colour = _YELLOW if step % 2 == 0 else _BLACK
                bollard.add_limb((x * side, y, 0.16 + step * 0.2), (x * side, y, 0.36 + step * 0.2), 0.055, 0.055, colour, PAINT, steps=(2, 9))
            solids.append(bollard)

    solids.append(_booth(gate, light))

    machine = Solid()
    x, y = -(LANE_HALF + 0.42) * side, gate.stop_y + 1.1
    machine.add_box((x - 0.17, y - 0.15, 0.16), (x + 0.17, y + 0.15, 1.25), np.array(gate.booth) * 1.1, PAINT, steps=4)
    machine.add_box((x - 0.19, y - 0.17, 1.25), (x + 0.19, y + 0.17, 1.38), (225, 225, 222), PAINT, steps=2)
    face = machine.part()
    front = y - 0.16
    machine.add_grid([[(x - 0.11, front, 0.95), (x + 0.11, front, 0.95)], [(x - 0.11, front, 1.15), (x + 0.11, front, 1.15)]],
                     (160, 120, 60) if light.night else (70, 60, 50), face, GLOW if light.night else GLASS, inside=(x, y, 1))
    machine.add_grid([[(x - 0.05, front, 0.72), (x + 0.05, front, 0.72)], [(x - 0.05, front, 0.82), (x + 0.05, front, 0.82)]],
                     (60, 200, 60), face, GLOW, inside=(x, y, 0.8))
    solids.append(machine)

    post = Solid()
    x = (LANE_HALF + 0.22) * side
    y = gate.barrier_y
    post.add_box((x - 0.16, y - 0.16, 0.16), (x + 0.16, y + 0.16, 1.05), (40, 130, 236), PAINT, steps=4)
    post.add_box((x - 0.18, y - 0.18, 1.05), (x + 0.18, y + 0.18, 1.12), (50, 50, 52), PAINT, steps=1)
    solids.append(post)
    return solids


def _booth(gate: Gate, light: Light) -> Solid:
    """The cashier's booth: panels below, windows around, a flat roof."""
    side, booth = gate.side, Solid()
    near, far = 7.4, 9.4
    inner, outer = -(LANE_HALF + 0.30) * side, -(LANE_HALF + 1.75) * side
    low, high = min(inner, outer), max(inner, outer)
    panel, frame_colour = np.array(gate.booth, float), (226, 226, 224)
    booth.add_box((low, near, 0.16), (high, far, 1.05), panel, PAINT, steps=8)
    middle = booth.add_box((low + 0.02, near + 0.02, 1.05), (high - 0.02, far - 0.02, 2.15), frame_colour, steps=6)
    glass = (120, 190, 210) if light.night else (66, 62, 58)
    kind = GLOW if light.night else GLASS
    centre = ((low + high) / 2, (near + far) / 2, 1.5)

    def pane(corners, layer, colour, kind):
        a, b, c, d = np.array(corners, float)
        u, v = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 7))
        u, v = u[..., None], v[..., None]
        booth.add_grid(a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v, colour, middle, kind, layer, inside=centre)

    front = near + 0.005
    pane([(low + 0.12, front, 2.05), (high - 0.12, front, 2.05), (high - 0.12, front, 1.12), (low + 0.12, front, 1.12)], 1, glass, kind)
    flank = inner + 0.005 * (1 if inner > outer else -1) - 0.015 * (1 if inner > outer else -1)
    for start, end in ((near + 0.12, (near + far) / 2 - 0.05), ((near + far) / 2 + 0.05, far - 0.12)):
        pane([(flank, start, 2.05), (flank, end, 2.05), (flank, end, 1.12), (flank, start, 1.12)], 1, glass, kind)
    # The cashier behind the window.
    x = (low + high) / 2
    pane([(x - 0.22, front, 1.50), (x + 0.22, front, 1.50), (x + 0.27, front, 1.12), (x - 0.27, front, 1.12)], 2, np.array((70, 52, 40)), MATTE)
    pane([(x - 0.09, front, 1.76), (x + 0.09, front, 1.76), (x + 0.08, front, 1.52), (x - 0.08, front, 1.52)], 2, np.array((60, 84, 116)), MATTE)
    pane([(x - 0.1, front, 1.80), (x + 0.1, front, 1.80), (x + 0.1, front, 1.72), (x - 0.1, front, 1.72)], 3, np.array((24, 24, 26)), MATTE)
    # The roof hides what is under it, so it is the top layer of the windows' part.
    booth.add_box((low - 0.2, near - 0.25, 2.15), (high + 0.2, far + 0.2, 2.32), panel * 0.9 + 20, PAINT, part=middle, layer=4, steps=6)
    return booth


def barrier_arm(gate: Gate, raised: float):
    """The arm's faces, red and white; raised from 0 (down) to 1 (upright)."""
    arm = Solid()
    x, y, z = (LANE_HALF + 0.22) * gate.side, gate.barrier_y, 0.86
    angle = raised * math.radians(86)
    length, count = 3.75, 10
    ends = np.linspace(-0.25, length, count + 1)
    for index in range(count):
        a, b = ends[index], ends[index + 1]
        place = lambda r: (x - gate.side * r * math.cos(angle), y - 0.2, z + r * math.sin(angle))  # noqa: E731
        colour = (232, 232, 230) if index % 2 else (36, 32, 200)
        arm.add_limb(place(a), place(b), 0.048 - 0.0018 * index, 0.048 - 0.0018 * (index + 1), colour, PAINT, steps=(4, 8))
    return arm.faces()


def _sign(frame, gate: Gate, camera: Camera, light: Light) -> None:
    """The board on the island says which way this lane goes."""
    board = np.full((180, 640, 3), (140, 70, 20), np.uint8)
    cv2.rectangle(board, (8, 8), (631, 171), (235, 235, 235), 6, cv2.LINE_AA)
    (wide, tall), _ = cv2.getTextSize(gate.sign, cv2.FONT_HERSHEY_DUPLEX, 4.0, 9)
    cv2.putText(board, gate.sign, ((640 - wide) // 2, (180 + tall) // 2), cv2.FONT_HERSHEY_DUPLEX, 4.0, (240, 240, 240), 9, cv2.LINE_AA)
    x, y, z = (LANE_HALF + 0.5) * gate.side, 8.6, 1.25
    pole = Solid()
    pole.add_limb((x, y + 0.03, 0.1), (x, y + 0.03, z + 0.2), 0.035, 0.035, (130, 132, 132), LENS)
    layer = draw_faces(pole.faces(), _STILL, camera, light, oversample=1)
    if layer is not None:
        layer.paste(frame)
    corners = np.array([(x - 0.55, y, z + 0.31), (x + 0.55, y, z + 0.31), (x + 0.55, y, z), (x - 0.55, y, z)])
    pixels, _ = camera.project(corners)
    source = np.array([[0, 0], [640, 0], [640, 180], [0, 180]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, pixels.astype(np.float32))
    size = (camera.width, camera.height)
    small = cv2.warpPerspective(board, matrix, size, flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full((180, 640), 255, np.uint8), matrix, size).astype(np.float32)[..., None] / 255
    brightness = 0.75 if light.night else 0.9
    frame *= 1 - cover
    frame += small.astype(np.float32) * cover * brightness


def _lamp_glow(frame, gate: Gate, camera: Camera) -> None:
    for lamp in gate.lamps()[1:]:
        x, y, z = lamp.position
        head = np.array([(x - math.copysign(1.0, x), y, z)])
        pixels, depth = camera.project(head)
        add_glow(frame, pixels[0], camera.focal_pixels * 0.4 / depth[0], 190, lamp.colour)
