"""Cars, vans, buses and truck cabs: a painted shell lofted from a side profile, with its details laid on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .light import GLASS, GLOW, LENS, MATTE, PAINT
from .solid import Solid

# The side profile runs over these points, from under the front bumper over the roof to the rear.
FRONT_FOOT, BUMPER, GRILLE, HOOD_EDGE, HOOD, COWL, SCREEN_TOP, ROOF, ROOF_END, REAR_GLASS, TAIL, REAR_BUMPER, REAR_FOOT = range(13)

DARK = (24, 24, 25)
CHROME = (205, 205, 205)
CABIN = (30, 30, 32)


@dataclass(frozen=True)
class Shape:
    """A body in metres: y forward and z up of each profile point, half width of the shell's upper strip there."""

    name: str
    vehicle_class: str
    profile: tuple[tuple[float, float, float], ...]
    half_width: float
    belt: float
    lamp: tuple[float, float, float, float]
    tail_lamp: tuple[float, float, float, float]
    plate_front: float
    plate_rear: float
    grille: tuple[float, float, float]
    wheel: float = 0.31
    wheels: tuple[float, float] = (1.3, -1.3)
    style: int = 0

    @property
    def length(self) -> float:
        return self.profile[BUMPER][0] - self.profile[REAR_BUMPER][0]

    @property
    def nose(self) -> float:
        return self.profile[BUMPER][0]

    @property
    def tail(self) -> float:
        return self.profile[REAR_BUMPER][0]


# lamp = inner x, outer x as shares of the half width, low and high z at the outer end.
SHAPES = {
    shape.name: shape
    for shape in (
        Shape(
            "sedan",
            "car",
            (
                (2.14, 0.20, 0.80), (2.24, 0.42, 0.83), (2.21, 0.62, 0.84), (2.05, 0.79, 0.80), (1.62, 0.90, 0.78),
                (1.02, 1.01, 0.74), (0.22, 1.41, 0.58), (-0.45, 1.46, 0.57), (-1.00, 1.40, 0.57),
                (-1.62, 1.08, 0.68), (-2.16, 1.03, 0.76), (-2.26, 0.60, 0.83), (-2.16, 0.24, 0.80),
            ),
            0.88, 0.93, (0.50, 0.97, 0.63, 0.76), (0.52, 0.98, 0.74, 0.93), 0.42, 0.66, (0.44, 0.55, 0.72),
        ),
        Shape(
            "hatchback",
            "car",
            (
                (1.82, 0.20, 0.76), (1.92, 0.42, 0.79), (1.90, 0.66, 0.80), (1.74, 0.86, 0.76), (1.42, 0.96, 0.74),
                (0.98, 1.05, 0.70), (0.30, 1.44, 0.58), (-0.40, 1.50, 0.57), (-1.40, 1.44, 0.56),
                (-1.78, 1.06, 0.66), (-1.84, 0.92, 0.74), (-1.92, 0.52, 0.79), (-1.84, 0.24, 0.77),
            ),
            0.83, 0.96, (0.54, 0.97, 0.66, 0.84), (0.66, 0.98, 0.82, 1.06), 0.44, 0.74, (0.46, 0.58, 0.74),
            wheel=0.29, wheels=(1.18, -1.18), style=1,
        ),
        Shape(
            "mpv",
            "car",
            (
                (2.00, 0.22, 0.76), (2.10, 0.46, 0.79), (2.08, 0.72, 0.80), (1.93, 0.93, 0.77), (1.55, 1.03, 0.75),
                (1.12, 1.11, 0.72), (0.42, 1.60, 0.61), (-0.40, 1.68, 0.60), (-1.72, 1.62, 0.60),
                (-2.00, 1.12, 0.68), (-2.05, 0.98, 0.76), (-2.11, 0.56, 0.79), (-2.02, 0.26, 0.77),
            ),
            0.83, 1.02, (0.52, 0.97, 0.72, 0.91), (0.70, 0.98, 0.86, 1.24), 0.47, 0.82, (0.48, 0.64, 0.82),
            wheel=0.31, wheels=(1.32, -1.28), style=2,
        ),
        Shape(
            "suv",
            "car",
            (
                (2.18, 0.30, 0.84), (2.30, 0.55, 0.88), (2.28, 0.84, 0.89), (2.12, 1.05, 0.86), (1.66, 1.14, 0.83),
                (1.10, 1.22, 0.78), (0.42, 1.72, 0.66), (-0.40, 1.80, 0.65), (-1.85, 1.72, 0.64),
                (-2.22, 1.24, 0.74), (-2.28, 1.08, 0.82), (-2.36, 0.66, 0.88), (-2.24, 0.34, 0.85),
            ),
            0.93, 1.13, (0.52, 0.97, 0.86, 1.01), (0.58, 0.98, 0.98, 1.14), 0.58, 0.90, (0.50, 0.70, 0.98),
            wheel=0.37, wheels=(1.42, -1.40), style=3,
        ),
        Shape(
            "van",
            "car",
            (
                (2.32, 0.24, 0.80), (2.40, 0.48, 0.83), (2.38, 0.74, 0.84), (2.28, 0.98, 0.83), (2.14, 1.06, 0.82),
                (1.92, 1.16, 0.80), (1.26, 1.86, 0.70), (0.20, 1.96, 0.69), (-2.20, 1.94, 0.69),
                (-2.38, 1.20, 0.78), (-2.40, 1.00, 0.82), (-2.44, 0.56, 0.83), (-2.36, 0.28, 0.81),
            ),
            0.85, 1.10, (0.56, 0.97, 0.74, 0.93), (0.82, 0.99, 0.80, 1.30), 0.50, 0.72, (0.50, 0.64, 0.76),
            wheel=0.32, wheels=(1.55, -1.45), style=1,
        ),
        Shape(
            "bus",
            "bus",
            (
                (4.55, 0.32, 1.14), (4.62, 0.60, 1.17), (4.62, 0.90, 1.18), (4.60, 1.10, 1.18), (4.58, 1.20, 1.18),
                (4.56, 1.28, 1.17), (4.36, 2.72, 1.12), (4.00, 3.10, 1.08), (-4.40, 3.10, 1.08),
                (-4.56, 1.75, 1.15), (-4.60, 1.50, 1.17), (-4.64, 0.70, 1.18), (-4.58, 0.34, 1.15),
            ),
            1.22, 1.30, (0.62, 0.94, 0.66, 0.90), (0.80, 0.97, 0.90, 1.40), 0.52, 0.80, (0.40, 0.74, 0.86),
            wheel=0.46, wheels=(2.9, -2.7), style=2,
        ),
        Shape(
            "truck",
            "truck",
            (
                (2.70, 0.36, 0.90), (2.78, 0.60, 0.93), (2.77, 0.88, 0.94), (2.74, 1.10, 0.94), (2.70, 1.20, 0.93),
                (2.64, 1.30, 0.92), (2.24, 2.02, 0.82), (1.90, 2.12, 0.80), (1.30, 2.12, 0.80),
                (1.24, 1.60, 0.88), (1.22, 1.20, 0.92), (1.20, 0.80, 0.93), (1.20, 0.50, 0.90),
            ),
            0.97, 1.32, (0.62, 0.95, 0.66, 0.86), (0.70, 0.95, 0.70, 0.80), 0.52, 0.62, (0.52, 0.94, 1.12),
            wheel=0.38, wheels=(1.95, -1.55), style=3,
        ),
    )
}


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
        full = np.where(u > 0.5, front_x, rear_x) + (full - np.where(u > 0.5, front_x, rear_x)) * np.clip(
            np.minimum(u, 1 - u) / 0.12, 0, 1
        ) ** 0.6
        above = np.clip((z - shape.belt) / np.maximum(z_top - shape.belt, 1e-3), 0, 1)
        above = np.where(z_top > shape.belt, above, 0)
        x = full + (x_top - full) * above
        low_edge = np.clip(1 - v / 0.12, 0, 1)
        x = np.where(z_top > shape.belt, x, x_top * low_edge + x * (1 - low_edge))
        return np.stack([x, y, z], axis=-1)


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



class Dressing:
    """Lays details onto a shell."""

    def __init__(self, shell: Shell, solid: Solid, part: int, middle, detail: float):
        self.shell, self.solid, self.part, self.middle, self.detail = shell, solid, part, middle, detail

    def count(self, steps: int) -> int:
        return max(2, int(round(steps * self.detail)))

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
        place = corners[0] * (1 - u) * (1 - v) + corners[1] * u * (1 - v) + corners[2] * u * v + corners[3] * (1 - u) * v
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
        return self.lay(where, [(-half_width, high), (half_width, high), (half_width, low), (-half_width, low)], colour, **options)


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
    _windscreen(shape, dressing, rng)
    if shape.name != "truck":
        _rear_window(dressing)
    _flanks(shape, dressing, paint)
    head_lamps = _front(shape, dressing, paint, lamps_on)
    tail_lamps = _rear(shape, dressing, paint, lamps_on, plate_size)
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
                np.stack([np.full_like(angle, x + shift), end + radius * np.cos(angle), shape.wheel + radius * np.sin(angle)], -1)
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
    dressing.both(dressing.on, [(0.46, high), (0.52, high), (0.42, low + 0.1), (0.37, low + 0.1)], crease, kind=PAINT, steps=(1, 6))


def _windscreen(shape, dressing, rng):
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
            cabin[(offset < 0.26 - 0.12 * np.clip(0.75 - rows, 0, 1)) & (rows > 0.58)] = rng.uniform(25, 70) + rng.uniform(0, 45, 3)
            cabin[(offset / 0.14) ** 2 + ((rows - 0.40) / 0.19) ** 2 < 1] = (46, 62, 88)
    cabin[rows > 0.88] = (40, 40, 42)
    corners = [(-0.91, high), (0.91, high), (0.93, low), (-0.93, low)]
    dressing.lay(dressing.on, corners, cabin, kind=GLASS, layer=2, steps=(across, down))
    dressing.band(dressing.on, 0.05, high - 0.10, high - 0.01, (20, 20, 20), layer=3, steps=(1, 1))
    for start in (0.12, -0.55):
        wiper = [(start + 0.50, low + 0.10), (start + 0.51, low + 0.07), (start, low - 0.02), (start, low + 0.02)]
        dressing.lay(dressing.on, wiper, (14, 14, 14), layer=3, steps=(1, 3))


def _rear_window(dressing):
    top, bottom = ROOF_END + 0.14, REAR_GLASS - 0.08
    dressing.lay(
        dressing.on, [(-0.95, top), (0.95, top), (0.95, bottom), (-0.95, bottom)], DARK, kind=GLASS, steps=(12, 6), round_off=0.12
    )
    top, bottom = top + 0.05, bottom - 0.05
    dressing.lay(
        dressing.on, [(-0.88, top), (0.88, top), (0.88, bottom), (-0.88, bottom)], (34, 34, 36), kind=GLASS, layer=2, steps=(20, 8), round_off=0.15
    )
    dressing.lay(dressing.on, [(-0.16, top + 0.02), (0.16, top + 0.02), (0.16, top), (-0.16, top)], (40, 30, 150), layer=3, steps=(2, 1))
    wiper = [(-0.02, bottom - 0.03), (0.55, bottom - 0.09), (0.55, bottom - 0.05), (-0.02, bottom + 0.01)]
    dressing.lay(dressing.on, wiper, (14, 14, 14), layer=3, steps=(4, 1))


def _flanks(shape, dressing, paint):
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
            panes += [((a, a), (b + 0.08, b + 0.08)) for a, b in zip(places[:-1], places[1:])]
        else:
            panes.append(((middle - 0.04, middle - 0.04), (last, rear_y + (0.30 if shape.style else 0.55))))
    for flank in (dressing.right_flank, dressing.left_flank):
        for (front_top, front_low), (rear_top, rear_low) in panes:
            # A pane ends below the roof's edge, also where the roof comes down.
            corners = [
                (u_of(y), max(float(v_of(y, z)), 0.07)) for y, z in ((front_top, roof), (rear_top, roof), (rear_low, belt), (front_low, belt))
            ]
            dressing.lay(flank, corners, (30, 31, 33), kind=GLASS, steps=(8, 4), round_off=0.06)
        low = shape.profile[FRONT_FOOT][1] + 0.12
        for y in (cowl_y - 0.20, (cowl_y + rear_y) / 2, rear_y + 0.45):
            top = shape.belt
            corners = [(u_of(y - 0.008), float(v_of(y, top))), (u_of(y + 0.008), float(v_of(y, top))),
                       (u_of(y + 0.008), float(v_of(y, low))), (u_of(y - 0.008), float(v_of(y, low)))]
            if shape.name != "truck":
                dressing.lay(flank, corners, paint * 0.4, steps=(1, 4))
        for y in ((cowl_y + rear_y) / 2 + 0.12, rear_y + 0.55):
            z = shape.belt - 0.10
            corners = [(u_of(y), float(v_of(y, z + 0.02))), (u_of(y + 0.18), float(v_of(y, z + 0.02))),
                       (u_of(y + 0.18), float(v_of(y, z - 0.02))), (u_of(y), float(v_of(y, z - 0.02)))]
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


def _front(shape, dressing, paint, lamps_on):
    """Grille, lamps and bumper; returns the middle of both headlamps."""
    front = dressing.front
    wide, low, high = shape.grille
    lines = 4 if shape.style != 1 else 2
    if shape.vehicle_class == "car":
        dressing.lay(front, [(-wide, high), (wide, high), (wide * 0.86, low), (-wide * 0.86, low)], (16, 16, 17), steps=(12, 4))
        for z in np.linspace(low, high, lines + 2)[1:-1]:
            dressing.band(front, wide * 0.93, z - 0.008, z + 0.008, CHROME if shape.style in (0, 2) else (70, 70, 72), kind=LENS, layer=2, steps=(12, 1))
        if shape.style in (0, 2, 3):
            for z in (low, high):
                dressing.band(front, wide, z - 0.012, z + 0.012, CHROME, kind=LENS, layer=2, steps=(12, 1))
        # Lower intake behind the plate, and the lip under it.
        foot = shape.profile[FRONT_FOOT][1]
        dressing.lay(
            front, [(-0.62, low - 0.10), (0.62, low - 0.10), (0.52, foot + 0.10), (-0.52, foot + 0.10)], (15, 15, 16), steps=(12, 3), round_off=0.1
        )
        for z in np.linspace(foot + 0.12, low - 0.12, 4)[1:-1]:
            dressing.band(front, 0.56, z - 0.005, z + 0.005, (48, 48, 50), layer=2, steps=(10, 1))
        dressing.both(front, [(0.72, low - 0.08), (0.93, low - 0.02), (0.93, foot + 0.13), (0.74, foot + 0.13)], (18, 18, 19), steps=(3, 3), round_off=0.25)
        fog = (low + foot) / 2 + 0.02
        dressing.both(front, [(0.79, fog + 0.04), (0.87, fog + 0.04), (0.87, fog - 0.04), (0.79, fog - 0.04)], (190, 200, 205), kind=LENS, layer=2, round_off=1.0)
    else:
        dressing.lay(front, [(-wide, high), (wide, high), (wide, low), (-wide, low)], (20, 20, 21), steps=(10, 3))
        for z in np.linspace(low, high, 4)[1:-1]:
            dressing.band(front, wide * 0.95, z - 0.01, z + 0.01, CHROME, kind=LENS, layer=2, steps=(8, 1))
        foot = shape.profile[FRONT_FOOT][1]
        dressing.band(front, 0.96, foot + 0.03, shape.lamp[2] - 0.05, np.clip(paint * 0.5 + 30, 0, 255), steps=(12, 2))
    middle = (low + high) / 2
    dressing.lay(front, [(-0.07, middle + 0.05), (0.07, middle + 0.05), (0.07, middle - 0.05), (-0.07, middle - 0.05)], CHROME, kind=LENS, layer=3, round_off=1.0)

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
    dressing.both(front, inset(0.20, 0.42, 0.30, 0.66), (250, 250, 248) if lamps_on else (120, 115, 110), kind=kind, layer=4, steps=(4, 4), round_off=1.0)
    dressing.both(front, inset(0.62, 0.94, 0.34, 0.84), (60, 130, 210), kind=LENS, layer=3, steps=(4, 3), round_off=0.5)
    return lamps


def _rear(shape, dressing, paint, lamps_on, plate_size):
    """Tail lamps, plate recess and bumper; returns the middle of both tail lamps."""
    rear = dressing.rear
    inner, outer, z_low, z_high = shape.tail_lamp
    corners = [(inner, z_high), (outer, z_high), (outer, z_low), (inner, z_low)]
    red = (40, 40, 235) if lamps_on else (34, 30, 165)
    lamps = dressing.both(rear, corners, red, kind=GLOW if lamps_on else LENS, layer=2, steps=(5, 5), round_off=0.2)
    if z_high - z_low > (outer - inner) * shape.half_width:
        split = [(inner, z_low + (z_high - z_low) * 0.42), (outer, z_low + (z_high - z_low) * 0.42),
                 (outer, z_low + (z_high - z_low) * 0.20), (inner, z_low + (z_high - z_low) * 0.20)]
    else:
        split = [(inner, z_high), (inner + 0.16, z_high), (inner + 0.16, z_low), (inner, z_low)]
    dressing.both(rear, split, (200, 205, 215), kind=LENS, layer=3, steps=(3, 3))
    if shape.name == "truck":
        return lamps
    wide, tall = plate_size[0] / shape.half_width * 0.68, plate_size[1] * 0.85
    z = shape.plate_rear
    dressing.lay(rear, [(-wide, z + tall), (wide, z + tall), (wide, z - tall), (-wide, z - tall)], paint * 0.62, steps=(6, 2), round_off=0.1)
    dressing.band(rear, wide, z + tall, z + tall + 0.035, CHROME if shape.style in (0, 2, 3) else paint * 0.5, kind=LENS, layer=2, steps=(6, 1))
    foot = shape.profile[REAR_FOOT][1]
    seam = shape.profile[REAR_BUMPER][1] + 0.06
    if seam < z - tall:
        dressing.band(rear, 0.97, seam, seam + 0.014, paint * 0.35, layer=1, steps=(12, 1))
    dressing.lay(rear, [(-0.75, foot + 0.16), (0.75, foot + 0.16), (0.7, foot + 0.03), (-0.7, foot + 0.03)], DARK, layer=2, steps=(8, 2), round_off=0.08)
    dressing.both(rear, [(0.70, foot + 0.24), (0.92, foot + 0.24), (0.92, foot + 0.19), (0.70, foot + 0.19)], (30, 28, 170), kind=LENS, layer=2, steps=(3, 1))
    return lamps


def _mirrors(shape, dressing, paint):
    half = shape.half_width
    if shape.vehicle_class == "car":
        y, z = shape.profile[COWL][0] - 0.38, shape.profile[COWL][1] + 0.06
        for side in (-1, 1):
            dressing.solid.add_limb((side * (half - 0.10), y, z - 0.06), (side * (half + 0.04), y, z - 0.04), 0.03, 0.03, DARK, steps=(2, 6))
            dressing.solid.add_ellipsoid(
                (side * (half + 0.08), y, z), (0.115, 0.07, 0.075), paint, PAINT, steps=(dressing.count(8), dressing.count(12))
            )
        return
    y, z = shape.nose + 0.05, shape.profile[SCREEN_TOP][1] - 0.45
    for side in (-1, 1):
        reach = side * (half + 0.18)
        dressing.solid.add_ellipsoid((reach, y, z), (0.12, 0.07, 0.2), DARK, PAINT, steps=(dressing.count(6), dressing.count(10)))
        dressing.solid.add_limb((side * half * 0.9, y - 0.05, z + 0.3), (reach, y, z + 0.15), 0.02, 0.02, DARK, steps=(2, 5))


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
            solid.add_grid([[(x, y, 0.9), (x, y + 0.05, 0.9)], [(x, y, height - 0.05), (x, y + 0.05, height - 0.05)]], colour * 0.7, box, layer=1, inside=(0, 0, 1.5))
    back = tail - 0.01
    solid.add_grid([[(-0.01, back, 0.9), (0.01, back, 0.9)], [(-0.01, back, height), (0.01, back, height)]], colour * 0.4, box, layer=1, inside=(0, 0, 1.5))
    frame = solid.add_box((-half * 0.95, tail + 0.02, 0.45), (half * 0.95, tail + 0.15, 0.84), (34, 34, 36), steps=2)
    lamps = []
    for side in (-1, 1):
        x = side * half * 0.8
        sheet = [[(x - 0.1, tail, 0.56), (x + 0.1, tail, 0.56)], [(x - 0.1, tail, 0.70), (x + 0.1, tail, 0.70)]]
        solid.add_grid(sheet, (40, 40, 235) if lamps_on else (34, 30, 165), frame, GLOW if lamps_on else LENS, layer=2, inside=(x, tail + 0.1, 0.6))
        lamps.append((x, tail, 0.63))
    return np.array(lamps)
