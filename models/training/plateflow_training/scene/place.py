"""Everything around the gate that does not move: sky, houses, road, trees and furniture in one picture."""

from __future__ import annotations

import dataclasses
import math

import cv2
import numpy as np

from .camera import Camera
from .furniture import BLACK, STILL, YELLOW, furniture, put_sign
from .gate import ENTRY, EXIT, ISLAND, LANE_HALF, Gate
from .light import Light
from .optics import add_glow
from .solid import draw_faces

# Drawn larger and shrunk, which smooths all edges.
_SAMPLES = 2


def paint_place(gate: Gate, camera: Camera, light: Light, rain: bool = False) -> np.ndarray:
    """Everything that does not move, as float32 colour."""
    rng = np.random.default_rng(gate.seed)
    fine = dataclasses.replace(
        camera,
        width=camera.width * _SAMPLES,
        height=camera.height * _SAMPLES,
        focal_pixels=camera.focal_pixels * _SAMPLES,
    )
    frame = _sky(fine, light, rng)
    _houses(frame, fine, light, rng)
    _ground(frame, gate, fine, light, rng, rain)
    _far_trees(frame, fine, light, rng, gate.side)
    for solid in furniture(gate, light):
        layer = draw_faces(solid.faces(), STILL, fine, light, oversample=1)
        if layer is not None:
            layer.paste(frame)
    _near_hedge(frame, fine, light, rng, gate.side)
    put_sign(frame, gate, fine, light)
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
        colour = np.array(
            [(176, 190, 200), (150, 168, 190), (190, 196, 198), (140, 160, 176), (176, 168, 150)][rng.integers(5)],
            float,
        )
        corners = np.array([(x, y, 0), (x + wide, y, 0), (x + wide, y, tall), (x, y, tall)])
        pixels, _ = camera.project(corners)
        cv2.fillConvexPoly(frame, np.rint(pixels).astype(np.int32), (colour * _level(light)).tolist())
        for floor in np.arange(0.8, tall - 1.2, 2.6):
            for place in np.arange(x + 0.6, x + wide - 1.2, 1.9):
                lit = light.night and rng.random() < 0.3
                shade = np.array((90, 190, 235.0)) * 0.55 if lit else np.array((96, 84, 74.0)) * _level(light)
                pane = np.array(
                    [(place, y, floor), (place + 1.1, y, floor), (place + 1.1, y, floor + 1.3), (place, y, floor + 1.3)]
                )
                pixels, _ = camera.project(pane)
                cv2.fillConvexPoly(frame, np.rint(pixels).astype(np.int32), shade.tolist())
        roof = np.array(
            [(x - 0.4, y, tall), (x + wide + 0.4, y, tall), (x + wide - 1.2, y, tall + 1.5), (x + 1.2, y, tall + 1.5)]
        )
        pixels, _ = camera.project(roof)
        cv2.fillConvexPoly(
            frame, np.rint(pixels).astype(np.int32), (np.array((62, 78, 128.0)) * _level(light)).tolist(), cv2.LINE_AA
        )
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
    cover((x > LANE_HALF + ISLAND) & (y < 22), grass)
    cover((x < -8.2) & (y < 26), grass)
    worn = 0.86 + patches * 0.5 + speckle * 0.4
    white = np.clip(np.array((205, 208, 208.0)) * worn[..., None], 0, 235)
    yellow = np.clip(YELLOW * worn[..., None], 0, 240)
    cover((np.abs(x) > LANE_HALF - 0.22) & (np.abs(x) < LANE_HALF - 0.10) & (y < 24), yellow)
    cover((np.abs(x + 5.4) < 0.07) & (np.mod(y, 3.2) < 1.7) & (y < 34), white)
    stop = gate.stop_y - 0.55 if gate is ENTRY else gate.barrier_y - 0.9
    cover((np.abs(x) < LANE_HALF - 0.25) & (np.abs(y - stop) < 0.14), white)
    arrow_y = 9.2 if gate is ENTRY else 8.0
    along = (y - arrow_y) if gate is EXIT else (arrow_y + 2.4 - y)
    head = (along > 1.4) & (along < 2.4) & (np.abs(x) < (2.4 - along) * 0.42)
    cover(head | ((along > 0) & (along <= 1.4) & (np.abs(x) < 0.11)), white)
    hump = (np.abs(x) < LANE_HALF - 0.02) & (np.abs(y - 17.0) < 0.22)
    cover(hump, np.where((np.mod(x + 20, 1.0) < 0.5)[..., None], yellow, np.clip(BLACK * worn[..., None], 0, 80)))
    cross = (y > 26) & (y < 26.4)
    cover(cross, white * 0.9)

    lit = np.full((*x.shape, 3), 1.0) * np.array(light.ambient)
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
        cv2.ellipse(
            frame,
            tuple(int(v) for v in pixels[0]),
            axes,
            rng.uniform(-50, 50),
            0,
            360,
            colour.tolist(),
            -1,
            cv2.LINE_AA,
        )


def _far_trees(frame, camera: Camera, light: Light, rng, side: int) -> None:
    for _ in range(9):
        x, y = rng.uniform(-26, 22), rng.uniform(30, 42)
        if abs(x) < 4.5:
            x = math.copysign(6 + rng.uniform(0, 4), x)
        base, top = camera.project(np.array([(x, y, 0), (x, y, 3.0)]))[0]
        trunk = (np.array((48, 62, 78.0)) * (0.15 if light.night else 0.9)).tolist()
        cv2.line(
            frame,
            tuple(int(v) for v in base),
            tuple(int(v) for v in top),
            trunk,
            max(2, int(camera.focal_pixels * 0.22 / y)),
            cv2.LINE_AA,
        )
        _foliage(frame, camera, light, rng, (x, y, rng.uniform(3.6, 4.6)), rng.uniform(2.2, 3.2), 260, (66, 122, 84))
    for x in np.arange(LANE_HALF + ISLAND + 0.8, 9, 0.55):
        _foliage(frame, camera, light, rng, (x * side, 22 + rng.uniform(-0.4, 0.4), 0.5), 0.75, 60, (52, 116, 78))


def _near_hedge(frame, camera: Camera, light: Light, rng, side: int) -> None:
    for y in np.arange(19.0, 6.0, -0.9):
        _foliage(
            frame,
            camera,
            light,
            rng,
            (side * (LANE_HALF + ISLAND + 1.5 + rng.uniform(-0.2, 0.2)), y, 0.32),
            0.62,
            240,
            (56, 124, 82),
        )


def _lamp_glow(frame, gate: Gate, camera: Camera) -> None:
    for lamp in gate.lamps()[1:]:
        x, y, z = lamp.position
        head = np.array([(x - math.copysign(1.0, x), y, z)])
        pixels, depth = camera.project(head)
        add_glow(frame, pixels[0], camera.focal_pixels * 0.4 / depth[0], 190, lamp.colour)
