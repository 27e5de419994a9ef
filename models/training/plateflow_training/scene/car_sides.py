"""A vehicle's flanks: side windows, doors, wheels."""

from __future__ import annotations

import itertools

import numpy as np

from .car_shapes import COWL, FRONT_FOOT, REAR_GLASS, ROOF, ROOF_END, SCREEN_TOP
from .light import GLASS, LENS, PAINT
from .palette import DARK


def lay_flanks(shape, dressing, paint):
    """Side windows, door seams, handles and wheels; both sides alike."""
    edge_y = dressing.shell.flank(np.array([0.0, 1.0]), np.array([0.5, 0.5]))[:, 1]
    span = edge_y[1] - edge_y[0]
    u_of = lambda y: (y - edge_y[0]) / span  # noqa: E731
    shell = dressing.shell

    def v_of(y, z):
        top = shell.flank(u_of(y), 0.0)[..., 2]
        sill = shape.profile[FRONT_FOOT][1] + 0.02
        return (top - z) / (top - sill)

    cowl_y, rear_y = shape.profile[COWL][0], shape.profile[REAR_GLASS][0]
    screen_y, roof_end_y = shape.profile[SCREEN_TOP][0], shape.profile[ROOF_END][0]
    belt = shape.belt + 0.04
    roof = shape.profile[ROOF][1] - 0.13
    if shape.name == "truck":
        panes = [((screen_y - 0.05, cowl_y - 0.30), (roof_end_y + 0.12, roof_end_y + 0.10))]
    else:
        middle = (cowl_y + rear_y) / 2 - 0.02
        last = roof_end_y - 0.02 if shape.style else roof_end_y + 0.1
        panes = [((screen_y - 0.10, cowl_y - 0.42), (middle + 0.04, middle + 0.04))]
        if shape.vehicle_class == "bus" or shape.name == "van":
            places = np.linspace(middle - 0.04, rear_y + 0.25, 5 if shape.vehicle_class == "bus" else 3)
            panes += [((a, a), (b + 0.08, b + 0.08)) for a, b in itertools.pairwise(places)]
        else:
            panes.append(((middle - 0.04, middle - 0.04), (last, rear_y + (0.30 if shape.style else 0.55))))
    for flank in (dressing.right_flank, dressing.left_flank):
        for (front_top, front_low), (rear_top, rear_low) in panes:
            # A pane ends below the roof's edge, also where the roof comes down.
            corners = [
                (u_of(y), max(float(v_of(y, z)), 0.07))
                for y, z in ((front_top, roof), (rear_top, roof), (rear_low, belt), (front_low, belt))
            ]
            dressing.lay(flank, corners, (30, 31, 33), kind=GLASS, steps=(8, 4), round_off=0.06)
        low = shape.profile[FRONT_FOOT][1] + 0.12
        for y in (cowl_y - 0.20, (cowl_y + rear_y) / 2, rear_y + 0.45):
            top = shape.belt
            corners = [
                (u_of(y - 0.008), float(v_of(y, top))),
                (u_of(y + 0.008), float(v_of(y, top))),
                (u_of(y + 0.008), float(v_of(y, low))),
                (u_of(y - 0.008), float(v_of(y, low))),
            ]
            if shape.name != "truck":
                dressing.lay(flank, corners, paint * 0.4, steps=(1, 4))
        for y in ((cowl_y + rear_y) / 2 + 0.12, rear_y + 0.55):
            z = shape.belt - 0.10
            corners = [
                (u_of(y), float(v_of(y, z + 0.02))),
                (u_of(y + 0.18), float(v_of(y, z + 0.02))),
                (u_of(y + 0.18), float(v_of(y, z - 0.02))),
                (u_of(y), float(v_of(y, z - 0.02))),
            ]
            if shape.name != "truck":
                dressing.lay(flank, corners, np.clip(paint * 1.1 + 15, 0, 255), kind=PAINT, steps=(2, 1))
    _wheels(shape, dressing, paint)


def _wheels(shape, dressing, paint):
    """The outer faces of the wheels, under arches cut into the flanks."""
    steps = max(10, dressing.count(18))
    spokes = (np.arange(steps) % 3 > 0)[:, None]
    colours = np.zeros((4, steps, 3))
    colours[0], colours[1], colours[2], colours[3] = 120, np.where(spokes, 165, 35), 150, DARK
    arch_colour = np.array(DARK) if shape.style >= 2 else paint * 0.25
    for end in shape.wheels:
        for side in (-1, 1):
            x = side * (shape.half_width * 0.975 + 0.02)

            def ring(radii, angle, x=x, end=end):
                radii = np.array(radii)[:, None] * shape.wheel
                y, z = end + radii * np.cos(angle), shape.wheel + radii * np.sin(angle)
                return np.stack([np.full_like(y, x), y, z], axis=-1)

            inside = (0, end, shape.wheel)
            arch = ring((0.9, 1.17), np.linspace(-0.12, np.pi + 0.12, steps + 1))
            dressing.solid.add_grid(arch, arch_colour, dressing.part, layer=2, inside=inside)
            wheel = ring((0.0, 0.22, 0.62, 0.66, 0.97), np.linspace(0, 2 * np.pi, steps + 1))
            dressing.solid.add_grid(wheel[3:], colours[3:], dressing.part, layer=3, inside=inside)
            dressing.solid.add_grid(wheel[:4], colours[:3], dressing.part, LENS, layer=3, inside=inside)
