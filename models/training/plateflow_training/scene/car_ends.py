"""A vehicle's front and rear: grille, lamps, bumpers."""

from __future__ import annotations

import numpy as np

from .car_shapes import FRONT_FOOT, REAR_BUMPER, REAR_FOOT
from .light import GLOW, LENS
from .palette import CHROME, DARK


def lay_front(shape, dressing, paint, lamps_on):
    """Grille, lamps and bumper; returns the middle of both headlamps."""
    front = dressing.front
    wide, low, high = shape.grille
    lines = 4 if shape.style != 1 else 2
    if shape.vehicle_class == "car":
        dressing.lay(
            front, [(-wide, high), (wide, high), (wide * 0.86, low), (-wide * 0.86, low)], (16, 16, 17), steps=(12, 4)
        )
        for z in np.linspace(low, high, lines + 2)[1:-1]:
            dressing.band(
                front,
                wide * 0.93,
                z - 0.008,
                z + 0.008,
                CHROME if shape.style in (0, 2) else (70, 70, 72),
                kind=LENS,
                layer=2,
                steps=(12, 1),
            )
        if shape.style in (0, 2, 3):
            for z in (low, high):
                dressing.band(front, wide, z - 0.012, z + 0.012, CHROME, kind=LENS, layer=2, steps=(12, 1))
        # Lower intake behind the plate, and the lip under it.
        foot = shape.profile[FRONT_FOOT][1]
        dressing.lay(
            front,
            [(-0.62, low - 0.10), (0.62, low - 0.10), (0.52, foot + 0.10), (-0.52, foot + 0.10)],
            (15, 15, 16),
            steps=(12, 3),
            round_off=0.1,
        )
        for z in np.linspace(foot + 0.12, low - 0.12, 4)[1:-1]:
            dressing.band(front, 0.56, z - 0.005, z + 0.005, (48, 48, 50), layer=2, steps=(10, 1))
        dressing.both(
            front,
            [(0.72, low - 0.08), (0.93, low - 0.02), (0.93, foot + 0.13), (0.74, foot + 0.13)],
            (18, 18, 19),
            steps=(3, 3),
            round_off=0.25,
        )
        fog = (low + foot) / 2 + 0.02
        dressing.both(
            front,
            [(0.79, fog + 0.04), (0.87, fog + 0.04), (0.87, fog - 0.04), (0.79, fog - 0.04)],
            (190, 200, 205),
            kind=LENS,
            layer=2,
            round_off=1.0,
        )
    else:
        dressing.lay(front, [(-wide, high), (wide, high), (wide, low), (-wide, low)], (20, 20, 21), steps=(10, 3))
        for z in np.linspace(low, high, 4)[1:-1]:
            dressing.band(front, wide * 0.95, z - 0.01, z + 0.01, CHROME, kind=LENS, layer=2, steps=(8, 1))
        foot = shape.profile[FRONT_FOOT][1]
        dressing.band(front, 0.96, foot + 0.03, shape.lamp[2] - 0.05, np.clip(paint * 0.5 + 30, 0, 255), steps=(12, 2))
    middle = (low + high) / 2
    dressing.lay(
        front,
        [(-0.07, middle + 0.05), (0.07, middle + 0.05), (0.07, middle - 0.05), (-0.07, middle - 0.05)],
        CHROME,
        kind=LENS,
        layer=3,
        round_off=1.0,
    )

    inner, outer, z_low, z_high = shape.lamp
    slant = 0.04 if shape.vehicle_class == "car" else 0.0
    corners = [(inner, z_high - slant), (outer, z_high + slant * 0.4), (outer, z_low + slant), (inner, z_low)]
    dressing.both(front, corners, (46, 46, 48), kind=LENS, layer=2, steps=(6, 4), round_off=0.2)
    inset = lambda a, b, c, d: [  # noqa: E731
        (inner + (outer - inner) * x, z_low + (z_high - z_low) * z) for x, z in ((a, d), (b, d), (b, c), (a, c))
    ]
    bowl = (255, 255, 255) if lamps_on else (215, 212, 205)
    kind = GLOW if lamps_on else LENS
    lamps = dressing.both(front, inset(0.10, 0.52, 0.16, 0.82), bowl, kind=kind, layer=3, steps=(5, 4), round_off=0.9)
    dressing.both(
        front,
        inset(0.20, 0.42, 0.30, 0.66),
        (250, 250, 248) if lamps_on else (120, 115, 110),
        kind=kind,
        layer=4,
        steps=(4, 4),
        round_off=1.0,
    )
    dressing.both(front, inset(0.62, 0.94, 0.34, 0.84), (60, 130, 210), kind=LENS, layer=3, steps=(4, 3), round_off=0.5)
    return lamps


def lay_rear(shape, dressing, paint, lamps_on, plate_size):
    """Tail lamps, plate recess and bumper; returns the middle of both tail lamps."""
    rear = dressing.rear
    inner, outer, z_low, z_high = shape.tail_lamp
    corners = [(inner, z_high), (outer, z_high), (outer, z_low), (inner, z_low)]
    red = (40, 40, 235) if lamps_on else (34, 30, 165)
    lamps = dressing.both(rear, corners, red, kind=GLOW if lamps_on else LENS, layer=2, steps=(5, 5), round_off=0.2)
    if z_high - z_low > (outer - inner) * shape.half_width:
        split = [
            (inner, z_low + (z_high - z_low) * 0.42),
            (outer, z_low + (z_high - z_low) * 0.42),
            (outer, z_low + (z_high - z_low) * 0.20),
            (inner, z_low + (z_high - z_low) * 0.20),
        ]
    else:
        split = [(inner, z_high), (inner + 0.16, z_high), (inner + 0.16, z_low), (inner, z_low)]
    dressing.both(rear, split, (200, 205, 215), kind=LENS, layer=3, steps=(3, 3))
    if shape.name == "truck":
        return lamps
    wide, tall = plate_size[0] / shape.half_width * 0.68, plate_size[1] * 0.85
    z = shape.plate_rear
    dressing.lay(
        rear,
        [(-wide, z + tall), (wide, z + tall), (wide, z - tall), (-wide, z - tall)],
        paint * 0.62,
        steps=(6, 2),
        round_off=0.1,
    )
    dressing.band(
        rear,
        wide,
        z + tall,
        z + tall + 0.035,
        CHROME if shape.style in (0, 2, 3) else paint * 0.5,
        kind=LENS,
        layer=2,
        steps=(6, 1),
    )
    foot = shape.profile[REAR_FOOT][1]
    seam = shape.profile[REAR_BUMPER][1] + 0.06
    if seam < z - tall:
        dressing.band(rear, 0.97, seam, seam + 0.014, paint * 0.35, layer=1, steps=(12, 1))
    dressing.lay(
        rear,
        [(-0.75, foot + 0.16), (0.75, foot + 0.16), (0.7, foot + 0.03), (-0.7, foot + 0.03)],
        DARK,
        layer=2,
        steps=(8, 2),
        round_off=0.08,
    )
    dressing.both(
        rear,
        [(0.70, foot + 0.24), (0.92, foot + 0.24), (0.92, foot + 0.19), (0.70, foot + 0.19)],
        (30, 28, 170),
        kind=LENS,
        layer=2,
        steps=(3, 1),
    )
    return lamps
