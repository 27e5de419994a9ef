"""Windscreen and rear window."""

from __future__ import annotations

import numpy as np

from .car_shapes import COWL, REAR_GLASS, ROOF_END, SCREEN_TOP
from .light import GLASS
from .palette import CABIN, DARK


def lay_windscreen(shape, dressing, rng):
    """The windscreen, with the cabin behind it painted into the glass."""
    low, high = COWL + 0.10, SCREEN_TOP - 0.10
    dressing.band(dressing.on, 0.955, low - 0.16, high + 0.05, DARK, kind=GLASS, steps=(16, 8))
    across, down = max(16, round(40 * dressing.detail)), max(8, round(19 * dressing.detail))
    columns, rows = np.meshgrid((np.arange(across) + 0.5) / across * 2 - 1, (np.arange(down) + 0.5) / down)
    cabin = CABIN + (rows**2 * 14)[..., None]
    # Indonesia drives on the left: the driver sits on the vehicle's right.
    place = 0.34 if shape.vehicle_class == "bus" else 0.5
    passenger = rng.random() < 0.35
    for seat, taken in ((place, True), (-place, passenger)):
        offset = np.abs(columns - seat)
        cabin[((offset < 0.15) & (rows > 0.26) & (rows < 0.60)) | ((offset < 0.27) & (rows > 0.55))] = (42, 42, 45)
        if taken:
            cabin[(offset < 0.26 - 0.12 * np.clip(0.75 - rows, 0, 1)) & (rows > 0.58)] = rng.uniform(
                25, 70
            ) + rng.uniform(0, 45, 3)
            cabin[(offset / 0.14) ** 2 + ((rows - 0.40) / 0.19) ** 2 < 1] = (46, 62, 88)
    cabin[rows > 0.88] = (40, 40, 42)
    corners = [(-0.91, high), (0.91, high), (0.93, low), (-0.93, low)]
    dressing.lay(dressing.on, corners, cabin, kind=GLASS, layer=2, steps=(across, down))
    dressing.band(dressing.on, 0.05, high - 0.10, high - 0.01, (20, 20, 20), layer=3, steps=(1, 1))
    for start in (0.12, -0.55):
        wiper = [(start + 0.50, low + 0.10), (start + 0.51, low + 0.07), (start, low - 0.02), (start, low + 0.02)]
        dressing.lay(dressing.on, wiper, (14, 14, 14), layer=3, steps=(1, 3))


def lay_rear_window(dressing):
    top, bottom = ROOF_END + 0.14, REAR_GLASS - 0.08
    dressing.lay(
        dressing.on,
        [(-0.95, top), (0.95, top), (0.95, bottom), (-0.95, bottom)],
        DARK,
        kind=GLASS,
        steps=(12, 6),
        round_off=0.12,
    )
    top, bottom = top + 0.05, bottom - 0.05
    dressing.lay(
        dressing.on,
        [(-0.88, top), (0.88, top), (0.88, bottom), (-0.88, bottom)],
        (34, 34, 36),
        kind=GLASS,
        layer=2,
        steps=(20, 8),
        round_off=0.15,
    )
    dressing.lay(
        dressing.on,
        [(-0.16, top + 0.02), (0.16, top + 0.02), (0.16, top), (-0.16, top)],
        (40, 30, 150),
        layer=3,
        steps=(2, 1),
    )
    wiper = [(-0.02, bottom - 0.03), (0.55, bottom - 0.09), (0.55, bottom - 0.05), (-0.02, bottom + 0.01)]
    dressing.lay(dressing.on, wiper, (14, 14, 14), layer=3, steps=(4, 1))
