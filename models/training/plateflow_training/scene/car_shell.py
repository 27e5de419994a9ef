"""The smooth surface of a car's body, and how details are laid onto it."""

from __future__ import annotations

import numpy as np

from .car_shapes import COWL, FRONT_FOOT, HOOD_EDGE, REAR_GLASS, TAIL, Shape
from .light import MATTE
from .solid import Solid


class Shell:
    """The smooth surface of a shape; a point on it is named by (across -1..1, place along the profile)."""

    _ROUNDING = 0.34

    def __init__(self, shape: Shape):
        self.shape = shape
        knots = np.arange(len(shape.profile))
        self._fine = np.linspace(0, knots[-1], 600)
        offsets = np.linspace(-self._ROUNDING, self._ROUNDING, 9)
        values = np.array(shape.profile)
        # How far the shell falls back at its sides: rounded nose and tail, curved screens, flat roof.
        boxy = shape.vehicle_class != "car"
        nose = 0.10 if boxy else 0.26
        falls = np.array([nose, nose, nose, nose * 0.75, 0.07, 0.16, 0.10, 0.05, 0.06, 0.12, 0.14, 0.16, 0.16])
        if boxy:
            falls[COWL] = 0.10
        columns = []
        for column in (values[:, 0], values[:, 1], values[:, 2], falls):
            at = self._fine[:, None] + offsets
            columns.append(np.interp(at, knots, column).mean(1))
        self._y, self._z, self._w, self._fall = columns
        slope_y = np.gradient(self._y, self._fine)
        slope_z = np.gradient(self._z, self._fine)
        norm = np.hypot(slope_y, slope_z) + 1e-9
        # The profile runs front to rear over the top, so this turn points outwards.
        self._ny, self._nz = slope_z / norm, -slope_y / norm
        front = self._fine <= HOOD_EDGE + 0.2
        self._front_z, self._front_t = self._z[front], self._fine[front]
        rear = self._fine >= REAR_GLASS - 0.9
        self._rear_z, self._rear_t = self._z[rear][::-1], self._fine[rear][::-1]

    def _at(self, store, t):
        return np.interp(t, self._fine, store)

    def point(self, across, t, lift=0.0):
        across, t = np.broadcast_arrays(np.asarray(across, float), np.asarray(t, float))
        fall = self._at(self._fall, t) * np.abs(across) ** 2.6 - lift
        y = self._at(self._y, t) - self._at(self._ny, t) * fall
        z = self._at(self._z, t) - self._at(self._nz, t) * fall
        return np.stack([across * self._at(self._w, t), y, z], axis=-1)

    def front_place(self, z):
        return np.interp(z, self._front_z, self._front_t)

    def rear_place(self, z):
        return np.interp(z, self._rear_z, self._rear_t)

    def flank(self, u, v):
        """The side at u (0 rear .. 1 front) and v (0 shell edge .. 1 sill), right-hand side."""
        shape = self.shape
        u, v = np.broadcast_arrays(np.asarray(u, float), np.asarray(v, float))
        edge = self.point(1.0, self._fine)
        ridge = (self._fine >= HOOD_EDGE) & (self._fine <= TAIL)
        front, rear = self._fine <= HOOD_EDGE, self._fine >= TAIL
        ridge_y = edge[ridge, 1][::-1]
        order = np.argsort(ridge_y)
        ridge_y = ridge_y[order]
        ridge_z, ridge_x = edge[ridge, 2][::-1][order], edge[ridge, 0][::-1][order]
        y_top = ridge_y[0] + u * (ridge_y[-1] - ridge_y[0])
        z_top, x_top = np.interp(y_top, ridge_y, ridge_z), np.interp(y_top, ridge_y, ridge_x)
        sill = shape.profile[FRONT_FOOT][1] + 0.02
        z = z_top + v * (sill - z_top)
        front_y = np.interp(z, edge[front, 2], edge[front, 1])
        front_x = np.interp(z, edge[front, 2], edge[front, 0])
        rear_y = np.interp(z, edge[rear, 2][::-1], edge[rear, 1][::-1])
        rear_x = np.interp(z, edge[rear, 2][::-1], edge[rear, 0][::-1])
        # Follows nose and tail below, the strip's edge at the top.
        y = y_top + (rear_y + u * (front_y - rear_y) - y_top) * np.clip(v / 0.3, 0, 1)
        belly = np.clip((shape.belt - z) / (shape.belt - sill), 0, 1)
        full = shape.half_width * (1 - 0.05 * belly**2)
        full = (
            np.where(u > 0.5, front_x, rear_x)
            + (full - np.where(u > 0.5, front_x, rear_x)) * np.clip(np.minimum(u, 1 - u) / 0.12, 0, 1) ** 0.6
        )
        above = np.clip((z - shape.belt) / np.maximum(z_top - shape.belt, 1e-3), 0, 1)
        above = np.where(z_top > shape.belt, above, 0)
        x = full + (x_top - full) * above
        low_edge = np.clip(1 - v / 0.12, 0, 1)
        x = np.where(z_top > shape.belt, x, x_top * low_edge + x * (1 - low_edge))
        return np.stack([x, y, z], axis=-1)


class Dressing:
    """Lays details onto a shell."""

    def __init__(self, shell: Shell, solid: Solid, part: int, middle, detail: float):
        self.shell, self.solid, self.part, self.middle, self.detail = shell, solid, part, middle, detail

    def count(self, steps: int) -> int:
        return max(2, round(steps * self.detail))

    def on(self, across, t):
        return self.shell.point(across, t, 0.012)

    def front(self, across, z):
        return self.shell.point(across, self.shell.front_place(z), 0.014)

    def rear(self, across, z):
        return self.shell.point(across, self.shell.rear_place(z), 0.014)

    def right_flank(self, u, v):
        return self.shell.flank(u, v) + (0.008, 0, 0)

    def left_flank(self, u, v):
        return self.right_flank(u, v) * (-1, 1, 1)

    def lay(self, where, corners, colour, kind=MATTE, layer=1, steps=(4, 2), round_off=0.0):
        """Cover a four-cornered region; corners run clockwise from the upper left.

        A colour per face keeps the steps as they are, whatever the level of detail.
        """
        corners = np.array(corners, float)
        pictured = np.ndim(colour) == 3
        columns, rows = steps if pictured else (max(1, round(s * self.detail)) for s in steps)
        if round_off:
            columns, rows = max(columns, 4), max(rows, 4)
        u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1))
        if round_off:
            # Square to disc, mixed in by as much as the corners shall be round.
            a, b = 2 * u - 1, 2 * v - 1
            disc_a, disc_b = a * np.sqrt(1 - b * b / 2), b * np.sqrt(1 - a * a / 2)
            u = (a + (disc_a - a) * round_off) / 2 + 0.5
            v = (b + (disc_b - b) * round_off) / 2 + 0.5
        u, v = u[..., None], v[..., None]
        place = (
            corners[0] * (1 - u) * (1 - v) + corners[1] * u * (1 - v) + corners[2] * u * v + corners[3] * (1 - u) * v
        )
        points = where(place[..., 0], place[..., 1])
        self.solid.add_grid(points, colour, self.part, kind, layer, inside=self.middle)
        return points

    def both(self, where, corners, colour, **options):
        """The region and its mirror image; returns the middle of each."""
        first = self.lay(where, corners, colour, **options)
        second = self.lay(where, [(-a, b) for a, b in corners], colour, **options)
        return np.array([first.mean((0, 1)), second.mean((0, 1))])

    def band(self, where, half_width, low, high, colour, **options):
        """A region that spans evenly to both sides of the middle."""
        return self.lay(
            where, [(-half_width, high), (half_width, high), (half_width, low), (-half_width, low)], colour, **options
        )
