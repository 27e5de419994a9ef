"""Scooters with their riders."""

from __future__ import annotations

import math

import numpy as np

from .car_body import Built, plate_corners
from .light import GLASS, GLOW, LENS, MATTE, PAINT
from .palette import CHROME, DARK
from .solid import Solid

_SKIN = (70, 96, 132)


def build_motorcycle(
    paint, rng: np.random.Generator, lamps_on=False, plate_size=(0.275, 0.11), detail=1.0, passenger=False
) -> Built:
    """Build a scooter and its rider; paint is blue, green, red."""
    paint = np.asarray(paint, float)
    solid = Solid()
    n = lambda steps: max(3, round(steps * detail))  # noqa: E731
    round_steps = (n(11), n(16))
    limb_steps = (n(5), n(13))
    big = rng.random() < 0.4
    radius = 0.29 if big else 0.27
    front_axle, rear_axle = 0.62, -0.60

    solid.add_wheel((0, front_axle, radius), radius, 0.09, (70, 70, 72), steps=n(16))
    solid.add_wheel((0, rear_axle, radius), radius, 0.11, (70, 70, 72), steps=n(16))
    for side in (-1, 1):
        solid.add_limb(
            (side * 0.07, front_axle, radius),
            (side * 0.07, 0.50, 0.52),
            0.022,
            0.026,
            (90, 90, 92),
            LENS,
            steps=limb_steps,
        )
    _fender(solid, paint, front_axle, radius, n)

    # Floor, engine and tail.
    solid.add_ellipsoid((0, 0.02, 0.34), (0.17, 0.42, 0.09), DARK, steps=round_steps)
    solid.add_ellipsoid((0, -0.45, 0.36), (0.15, 0.28, 0.13), (44, 44, 46), steps=round_steps)
    solid.add_limb((0.16, -0.25, 0.28), (0.19, -0.78, 0.36), 0.05, 0.06, (60, 60, 62), LENS, steps=limb_steps)
    solid.add_ellipsoid((0, -0.48, 0.62), (0.17, 0.46, 0.14), paint, PAINT, steps=round_steps, tilt=-0.1)
    solid.add_ellipsoid((0, -0.36, 0.76), (0.14, 0.46, 0.06), (28, 28, 30), steps=round_steps, tilt=-0.05)
    tail_lamps = _tail(solid, lamps_on, n)

    _front_shield(solid, paint, n)
    head_lamps = _handlebar(solid, paint, lamps_on, limb_steps, round_steps)
    _rider(solid, rng, limb_steps, round_steps, n, seat=-0.22, hands=True)
    if passenger:
        _rider(solid, rng, limb_steps, round_steps, n, seat=-0.58, hands=False)

    front_plate = plate_corners((0, 0.565, 0.79), *plate_size, forward=True, lean=0.012)
    rear_plate = plate_corners((0, -1.0, 0.56), *plate_size, forward=False, lean=0.02)
    # The bracket that the rear plate hangs on.
    solid.add_limb((0, -0.86, 0.66), (0, -0.97, 0.50), 0.05, 0.03, DARK, steps=limb_steps)
    return Built(solid, "motorcycle", 0.92, -1.02, 0.36, 1.70, front_plate, rear_plate, head_lamps, tail_lamps)


def _fender(solid, paint, axle, radius, n):
    angle = np.linspace(0.25, 2.5, n(10) + 1)[:, None]
    across = np.linspace(-1, 1, n(6) + 1)[None, :]
    arc = (radius + 0.035) * (1 - 0.05 * across**2)
    points = np.stack(
        [0.075 * across * np.ones_like(angle), axle + arc * np.cos(angle), radius + arc * np.sin(angle)], axis=-1
    )
    solid.add_grid(points, paint, solid.part(), PAINT, inside=(0, axle, radius), two_sided=True)


def _front_shield(solid, paint, n):
    """The leg shield with its air intake and indicators."""
    part = solid.part()

    def sheet(a, r, lift=0.0):
        w = 0.11 + 0.13 * np.sin(np.pi * np.clip(r * 0.78 + 0.12, 0, 1)) ** 0.8
        return np.stack(
            [
                a * w,
                0.40 + 0.10 * (1 - r) + 0.08 * np.sin(r * np.pi) - 0.15 * np.abs(a) ** 2.2 + lift,
                0.36 + 0.62 * r + 0 * a,
            ],
            axis=-1,
        )

    points = sheet(np.linspace(-1, 1, n(14) + 1)[None, :], np.linspace(0, 1, n(12) + 1)[:, None])
    behind = (0, 0.2, 0.66)
    solid.add_grid(points, paint, part, PAINT, inside=behind)
    solid.add_grid(points - (0, 0.03, 0), DARK, part, layer=-1, inside=(0, 1.2, 0.66))

    def lay(a0, a1, r0, r1, colour, kind, layer, round_off=0.8):
        a, b = np.meshgrid(np.linspace(-1, 1, n(6) + 1), np.linspace(-1, 1, n(5) + 1))
        disc_a, disc_b = a * np.sqrt(1 - b * b / 2), b * np.sqrt(1 - a * a / 2)
        a, b = a + (disc_a - a) * round_off, b + (disc_b - b) * round_off
        points = sheet((a0 + a1) / 2 + a * (a1 - a0) / 2, (r0 + r1) / 2 + b * (r1 - r0) / 2, 0.012)
        solid.add_grid(points, colour, part, kind, layer, inside=behind)

    lay(-0.30, 0.30, 0.06, 0.40, (26, 26, 28), MATTE, 1)
    lay(-0.20, 0.20, 0.42, 0.50, CHROME, LENS, 1, 0.9)
    for side in (-1, 1):
        lay(side * 0.72 - 0.12, side * 0.72 + 0.12, 0.46, 0.60, (40, 140, 235), LENS, 1)
        lay(side * 0.55 - 0.03, side * 0.55 + 0.03, 0.10, 0.42, paint * 0.5, PAINT, 1, 0.3)


def _handlebar(solid, paint, lamps_on, limb_steps, round_steps):
    """The cowl with the headlamp, grips and mirrors; returns the lamp's place, twice."""
    cowl = solid.add_ellipsoid((0, 0.40, 1.03), (0.16, 0.12, 0.105), paint, PAINT, steps=round_steps)
    solid.add_ellipsoid(
        (0, 0.455, 1.02), (0.115, 0.085, 0.062), (58, 58, 62), LENS, part=cowl, steps=round_steps, layer=1
    )
    lamp = (0, 0.475, 1.02)
    colour = (255, 255, 255) if lamps_on else (228, 225, 218)
    solid.add_ellipsoid(
        lamp, (0.085, 0.08, 0.045), colour, GLOW if lamps_on else LENS, part=cowl, steps=round_steps, layer=2
    )
    solid.add_ellipsoid((0, 0.34, 1.11), (0.09, 0.08, 0.04), DARK, GLASS, steps=round_steps)
    for side in (-1, 1):
        solid.add_limb((side * 0.12, 0.36, 1.02), (side * 0.34, 0.28, 1.04), 0.018, 0.018, DARK, steps=limb_steps)
        solid.add_limb((side * 0.24, 0.32, 1.04), (side * 0.29, 0.34, 1.23), 0.008, 0.008, DARK, steps=limb_steps)
        solid.add_ellipsoid((side * 0.31, 0.34, 1.26), (0.075, 0.02, 0.05), DARK, GLASS, steps=round_steps)
    return np.array([lamp, lamp])


def _tail(solid, lamps_on, n):
    lamp = (0, -0.90, 0.70)
    solid.add_ellipsoid(
        lamp,
        (0.11, 0.06, 0.045),
        (40, 40, 235) if lamps_on else (36, 30, 170),
        GLOW if lamps_on else LENS,
        steps=(n(6), n(10)),
    )
    for side in (-1, 1):
        solid.add_ellipsoid((side * 0.15, -0.88, 0.66), (0.045, 0.03, 0.03), (40, 130, 225), LENS, steps=(n(5), n(7)))
    for side in (-1, 1):
        solid.add_limb(
            (side * 0.13, -0.62, 0.78), (side * 0.08, -0.92, 0.82), 0.014, 0.014, CHROME, LENS, steps=(n(3), n(6))
        )
    return np.array([lamp, lamp])


def _rider(solid, rng, limb_steps, round_steps, n, seat, hands):
    jacket = np.array(
        [(40, 40, 44), (60, 70, 52), (96, 60, 36), (46, 42, 120), (150, 150, 152), (84, 66, 50), (58, 112, 44)][
            rng.integers(7)
        ],
        float,
    )
    trousers = np.array([(62, 46, 38), (34, 34, 36), (72, 84, 96)][rng.integers(3)], float)
    helmet = np.array(
        [(30, 30, 32), (228, 228, 228), (40, 36, 180), (140, 70, 30), (60, 190, 230)][rng.integers(5)], float
    )
    hip = np.array((0.0, seat, 0.86))
    chest = np.array((0.0, seat + 0.08, 1.20))
    for side in (-1, 1):
        knee = (side * 0.20, seat + 0.44, 0.70)
        foot = (side * 0.17, seat + 0.38, 0.34)
        solid.add_limb(hip + (side * 0.1, 0, 0), knee, 0.095, 0.075, trousers, steps=limb_steps)
        solid.add_limb(knee, foot, 0.07, 0.05, trousers, steps=limb_steps)
        solid.add_ellipsoid((foot[0], foot[1] + 0.08, 0.29), (0.05, 0.13, 0.045), (30, 34, 40), steps=round_steps)
    torso = solid.part()
    _torso(solid, torso, jacket, hip, chest, n)
    for side in (-1, 1):
        shoulder = np.array((side * 0.175, seat + 0.09, 1.30))
        elbow = np.array((side * 0.33, seat + 0.28, 1.10)) if hands else np.array((side * 0.27, seat + 0.14, 1.04))
        hand = np.array((side * 0.31, 0.25, 1.04)) if hands else np.array((side * 0.16, seat + 0.36, 0.98))
        solid.add_limb(shoulder, elbow, 0.075, 0.06, jacket, steps=limb_steps)
        solid.add_limb(elbow, hand, 0.058, 0.042, jacket * 0.95, steps=limb_steps)
        solid.add_ellipsoid(hand, (0.045, 0.05, 0.04), _SKIN, steps=round_steps)
    solid.add_limb((0, seat + 0.11, 1.36), (0, seat + 0.12, 1.43), 0.065, 0.06, _SKIN, steps=limb_steps)
    _helmet(solid, helmet, np.array((0, seat + 0.13, 1.56)), n, visor_up=rng.random() < 0.5)


def _torso(solid, part, jacket, hip, chest, n):
    """Hips to shoulders in one sheet, with a zip and folds."""
    rise = np.linspace(0, 1, n(13) + 1)
    angle = np.linspace(0, 2 * math.pi, n(22) + 1)
    # Half width and half depth from the waist over the chest to the neck.
    wide = np.interp(rise, [0, 0.12, 0.55, 0.80, 0.92, 1.0], [0.13, 0.165, 0.205, 0.215, 0.15, 0.05])
    deep = np.interp(rise, [0, 0.12, 0.55, 0.80, 0.92, 1.0], [0.10, 0.12, 0.14, 0.13, 0.10, 0.04])
    z = hip[2] - 0.05 + rise * (chest[2] + 0.24 - hip[2])
    y = hip[1] + rise * (chest[1] - hip[1]) * 1.15
    points = np.stack(
        [
            wide[:, None] * np.cos(angle),
            y[:, None] + deep[:, None] * np.sin(angle),
            np.broadcast_to(z[:, None], (len(rise), len(angle))),
        ],
        axis=-1,
    )
    middle = (angle[:-1] + angle[1:]) / 2
    height = ((rise[:-1] + rise[1:]) / 2)[:, None]
    folds = 1 + 0.06 * np.sin(height * 26 + 2.2 * np.cos(middle)) * (1 - height)
    colours = np.asarray(jacket)[None, None] * folds[..., None]
    colours[:, np.abs(middle - math.pi / 2) < 0.14] *= 0.6
    solid.add_grid(points, np.clip(colours, 0, 255), part, inside=(hip + chest) / 2)


def _helmet(solid, colour, centre, n, visor_up):
    part = solid.part()
    solid.add_ellipsoid(centre, (0.135, 0.155, 0.145), colour, PAINT, part=part, steps=(n(10), n(14)))

    def front_patch(half_angle, low, high, colour, kind, layer, grow):
        azimuth, rise = np.meshgrid(np.linspace(-half_angle, half_angle, n(9) + 1), np.linspace(low, high, n(5) + 1))
        points = np.stack(
            [
                np.cos(rise) * np.sin(azimuth) * 0.135 * grow,
                np.cos(rise) * np.cos(azimuth) * 0.155 * grow,
                np.sin(rise) * 0.145 * grow,
            ],
            axis=-1,
        )
        solid.add_grid(points + centre, colour, part, kind, layer, inside=centre)

    if visor_up:
        front_patch(0.85, -0.75, 0.28, _SKIN, MATTE, 1, 1.01)
        for side in (-0.32, 0.32):
            azimuth, rise = np.meshgrid(np.linspace(side - 0.13, side + 0.13, 3), np.linspace(-0.06, 0.03, 2))
            eyes = np.stack(
                [np.cos(rise) * np.sin(azimuth) * 0.138, np.cos(rise) * np.cos(azimuth) * 0.158, np.sin(rise) * 0.148],
                axis=-1,
            )
            solid.add_grid(eyes + centre, (34, 38, 46), part, MATTE, 2, inside=centre)
        front_patch(1.2, 0.32, 0.62, (40, 40, 42), GLASS, 2, 1.04)
    else:
        front_patch(1.15, -0.35, 0.36, (32, 32, 36), GLASS, 1, 1.02)
    band = math.radians(8)
    front_patch(math.pi, 0.62, 0.62 + band, np.asarray(colour) * 0.6 + 20, PAINT, 1, 1.005)
