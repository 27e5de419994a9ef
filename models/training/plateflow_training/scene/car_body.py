"""Cars, vans, buses and truck cabs: a painted shell lofted from a side profile, with its details laid on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .car_ends import lay_front, lay_rear
from .car_glass import lay_rear_window, lay_windscreen
from .car_shapes import (
    COWL,
    FRONT_FOOT,
    HOOD_EDGE,
    REAR_FOOT,
    SCREEN_TOP,
    TAIL,
    Shape,
)
from .car_shell import Dressing, Shell
from .car_sides import lay_flanks
from .light import GLOW, LENS, PAINT
from .palette import DARK
from .solid import Solid


@dataclass(frozen=True)
class Built:
    """A solid and the places on it that the scene needs, in the body's own axes."""

    solid: Solid
    vehicle_class: str
    nose: float
    tail: float
    half_width: float
    height: float
    plate_front: np.ndarray
    plate_rear: np.ndarray
    head_lamps: np.ndarray
    tail_lamps: np.ndarray


def plate_corners(centre, width, height, forward: bool, lean=0.0):
    """Corners from the upper left, clockwise as read; lean tips the upper edge backwards."""
    side = -1.0 if forward else 1.0
    back = -lean if forward else lean
    x, y, z = centre
    half, tall = width / 2, height / 2
    return np.array(
        [
            (x - side * half, y + back, z + tall),
            (x + side * half, y + back, z + tall),
            (x + side * half, y - back, z - tall),
            (x - side * half, y - back, z - tall),
        ]
    )


def build(shape: Shape, paint, rng: np.random.Generator, lamps_on=False, plate_size=(0.43, 0.135), detail=1.0) -> Built:
    """Build a body; paint is blue, green, red; detail scales the number of faces."""
    paint = np.asarray(paint, float)
    shell = Shell(shape)
    solid = Solid()
    body = solid.part()
    middle = (0.0, (shape.nose + shape.tail) / 2, 0.7)
    dressing = Dressing(shell, solid, body, middle, detail)

    _underside(shape, dressing)
    _paintwork(shape, dressing, paint)
    _seams(shape, dressing, paint)
    lay_windscreen(shape, dressing, rng)
    if shape.name != "truck":
        lay_rear_window(dressing)
    lay_flanks(shape, dressing, paint)
    head_lamps = lay_front(shape, dressing, paint, lamps_on)
    tail_lamps = lay_rear(shape, dressing, paint, lamps_on, plate_size)
    _mirrors(shape, dressing, paint)

    front_y = float(shell.point(0.0, shell.front_place(shape.plate_front))[1]) + 0.035
    rear_y = float(shell.point(0.0, shell.rear_place(shape.plate_rear))[1]) - 0.03
    tail = shape.tail
    height = max(z for _, z, _ in shape.profile)
    if shape.name == "truck":
        tail, height = -2.75, 2.5
        tail_lamps = _cargo_box(shape, dressing, rng, tail, height, lamps_on)
        rear_y = tail - 0.03
    return Built(
        solid,
        shape.vehicle_class,
        shape.nose,
        tail,
        shape.half_width,
        height,
        plate_corners((0, front_y, shape.plate_front), *plate_size, forward=True, lean=0.008),
        plate_corners((0, rear_y, shape.plate_rear), *plate_size, forward=False, lean=0.008),
        head_lamps,
        tail_lamps,
    )


def _underside(shape, dressing):
    """Tyres and floor come first: the shell hides all of them but the feet."""
    half = shape.half_width
    angle = np.linspace(0, 2 * np.pi, dressing.count(16) + 1)
    for end in shape.wheels:
        for side in (-1, 1):
            x = side * (half - 0.13)
            rings = [
                np.stack(
                    [
                        np.full_like(angle, x + shift),
                        end + radius * np.cos(angle),
                        shape.wheel + radius * np.sin(angle),
                    ],
                    -1,
                )
                for shift, radius in ((-0.1, 0.0), (-0.1, shape.wheel), (0.1, shape.wheel), (0.1, 0.0))
            ]
            dressing.solid.add_grid(np.array(rings), DARK, dressing.part, layer=-1, inside=(x, end, shape.wheel))
    floor = shape.profile[FRONT_FOOT][1]
    low = (-half * 0.86, shape.tail + 0.3, floor - 0.02)
    high = (half * 0.86, shape.nose - 0.35, floor + 0.2)
    dressing.solid.add_box(low, high, (12, 12, 12), part=dressing.part, layer=-2)


def _paintwork(shape, dressing, paint):
    across = np.linspace(-1, 1, dressing.count(26) + 1)
    along = np.unique(np.append(np.linspace(0, REAR_FOOT, dressing.count(84) + 1), (HOOD_EDGE, TAIL)))
    strip = dressing.shell.point(across[None, :], along[:, None])
    colours = np.broadcast_to(paint, (len(along) - 1, len(across) - 1, 3)).copy()
    foot = (along[:-1] < 0.4) | (along[:-1] > REAR_FOOT - 0.5)
    colours[foot] = np.array(DARK) if shape.style >= 2 else paint * 0.75
    dressing.solid.add_grid(strip, colours, dressing.part, PAINT, inside=dressing.middle)
    # The flanks' upper points are the strip's edge points, so that no gap opens between the two.
    edge_y = dressing.shell.point(1.0, along[(along >= HOOD_EDGE) & (along <= TAIL)])[:, 1]
    u = np.unique((edge_y - edge_y.min()) / np.ptp(edge_y))[None, :]
    v = np.linspace(0, 1, dressing.count(9) + 1)[:, None]
    right = dressing.shell.flank(u, v)
    for flank in (right, right * (-1, 1, 1)):
        dressing.solid.add_grid(flank, paint, dressing.part, PAINT, inside=dressing.middle)


def _seams(shape, dressing, paint):
    if shape.vehicle_class != "car":
        return
    seam = paint * 0.45
    low, high = HOOD_EDGE + 0.2, COWL - 0.25
    dressing.both(dressing.on, [(0.80, high), (0.825, high), (0.80, low), (0.775, low)], seam, steps=(1, 6))
    dressing.band(dressing.on, 0.78, low - 0.04, low + 0.02, seam, steps=(10, 1))
    crease = np.clip(paint * 1.1 + 8, 0, 255)
    dressing.both(
        dressing.on,
        [(0.46, high), (0.52, high), (0.42, low + 0.1), (0.37, low + 0.1)],
        crease,
        kind=PAINT,
        steps=(1, 6),
    )


def _mirrors(shape, dressing, paint):
    half = shape.half_width
    if shape.vehicle_class == "car":
        y, z = shape.profile[COWL][0] - 0.38, shape.profile[COWL][1] + 0.06
        for side in (-1, 1):
            dressing.solid.add_limb(
                (side * (half - 0.10), y, z - 0.06), (side * (half + 0.04), y, z - 0.04), 0.03, 0.03, DARK, steps=(2, 6)
            )
            dressing.solid.add_ellipsoid(
                (side * (half + 0.08), y, z),
                (0.115, 0.07, 0.075),
                paint,
                PAINT,
                steps=(dressing.count(8), dressing.count(12)),
            )
        return
    y, z = shape.nose + 0.05, shape.profile[SCREEN_TOP][1] - 0.45
    for side in (-1, 1):
        reach = side * (half + 0.18)
        dressing.solid.add_ellipsoid(
            (reach, y, z), (0.12, 0.07, 0.2), DARK, PAINT, steps=(dressing.count(6), dressing.count(10))
        )
        dressing.solid.add_limb(
            (side * half * 0.9, y - 0.05, z + 0.3), (reach, y, z + 0.15), 0.02, 0.02, DARK, steps=(2, 5)
        )


def _cargo_box(shape, dressing, rng, tail, height, lamps_on):
    """A truck's box behind the cab; returns the middle of both tail lamps."""
    solid, half = dressing.solid, shape.half_width
    colour = np.array([(200, 200, 198), (150, 110, 60), (70, 140, 60), (60, 160, 200)][rng.integers(4)], float)
    # The box is longer than the cab, so as a part its middle is the farther one from the front
    # and the nearer one from the rear: the order in which they hide each other.
    box = solid.add_box((-half, tail, 0.85), (half, 1.15, height), colour, steps=4)
    for side in (-1, 1):
        for y in np.linspace(tail + 0.3, 1.0, 8):
            x = side * (half + 0.005)
            solid.add_grid(
                [[(x, y, 0.9), (x, y + 0.05, 0.9)], [(x, y, height - 0.05), (x, y + 0.05, height - 0.05)]],
                colour * 0.7,
                box,
                layer=1,
                inside=(0, 0, 1.5),
            )
    back = tail - 0.01
    solid.add_grid(
        [[(-0.01, back, 0.9), (0.01, back, 0.9)], [(-0.01, back, height), (0.01, back, height)]],
        colour * 0.4,
        box,
        layer=1,
        inside=(0, 0, 1.5),
    )
    frame = solid.add_box((-half * 0.95, tail + 0.02, 0.45), (half * 0.95, tail + 0.15, 0.84), (34, 34, 36), steps=2)
    lamps = []
    for side in (-1, 1):
        x = side * half * 0.8
        sheet = [[(x - 0.1, tail, 0.56), (x + 0.1, tail, 0.56)], [(x - 0.1, tail, 0.70), (x + 0.1, tail, 0.70)]]
        solid.add_grid(
            sheet,
            (40, 40, 235) if lamps_on else (34, 30, 165),
            frame,
            GLOW if lamps_on else LENS,
            layer=2,
            inside=(x, tail + 0.1, 0.6),
        )
        lamps.append((x, tail, 0.63))
    return np.array(lamps)
