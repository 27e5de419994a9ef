"""Who drives through the gates, when, and how."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np

from ..plates import PlateSpec, random_spec
from ..plates.indonesia import KINDS
from ..plates.spec import bgr
from .car_body import Built, build
from .car_shapes import SHAPES
from .gate import ENTRY, Gate
from .motorcycle import build_motorcycle
from .palette import CAR_COLOURS
from .solid import Faces, Pose

# What the renderer calls a series, and the words of the ground truth for it: type, ground, characters.
_SERIES = {
    "private-white": ("private", "white", "black"),
    "private-black": ("private", "black", "white"),
    "public-yellow": ("public", "yellow", "black"),
    "government-red": ("government", "red", "white"),
    "diplomatic": ("diplomatic", "white", "black"),
    "military": ("military", "green", "yellow"),
    "police": ("police", "black", "yellow"),
    "free-trade-green": ("free_trade", "green", "black"),
    "electric": ("private", "white", "black"),
}

# Body, paint, series, listing, and the plate's groups where they matter to the story.
_CAST = (
    ("mpv", "silver", "private-black", None, ("B", "1876", "KJR")),
    ("motorcycle", "blue", "private-white", None, ("B", "4219", "TNF")),
    ("suv", "red", "private-white", "blacklist", ("B", "1234", "XYZ")),
    ("van", "blue", "public-yellow", None, ("B", "7068", "VDA")),
    ("sedan", "black", "diplomatic", None, ("CD", "47", "12")),
    ("hatchback", "white", "electric", "whitelist", ("B", "2615", "SEV")),
    ("motorcycle", "black", "private-black", None, ("D", "3582", "AHU")),
    ("mpv", "grey", "government-red", None, ("F", "1093", "PX")),
    ("suv", "green", "military", None, ("7431", "09")),
    ("sedan", "brown", "police", None, ("2268", "17")),
    ("hatchback", "orange", "free-trade-green", None, ("BP", "1751", "XB")),
    ("motorcycle", "red", "private-white", None, ("L", "6340", "GQ")),
)

# These two were inside before the recording of the entry began.
_EARLIER = (
    ("truck", "white", "public-yellow", None, ("B", "9315", "UCK")),
    ("motorcycle", "white", "private-black", None, ("AB", "5827", "ZM")),
)


@dataclass(frozen=True)
class Vehicle:
    """A vehicle with its plate, built twice: lamps at rest, and lit (night, or braking)."""

    id: int
    vehicle_class: str
    spec: PlateSpec
    plate_text: str
    plate_date: str | None
    plate_type: str
    background_colour: str
    text_colour: str
    blue_strip: bool
    listed: str | None
    bodies: dict[bool, tuple[Built, Faces]]
    seed: int

    @property
    def body(self) -> Built:
        return self.bodies[False][0]


@dataclass(frozen=True)
class Drive:
    """One vehicle's way through a gate: it comes, stops at the line, waits and goes; seconds and metres."""

    vehicle: Vehicle
    stops_at: float
    waits: float
    lane_x: float
    speed: float
    stop_y: float
    towards: bool

    _BRAKING = 2.3
    _LEAVING = 2.0
    _OUT_SPEED = 7.0

    def travelled(self, time: float) -> float:
        """Metres past the stop line along the way, negative before it."""
        before = self.stops_at - time
        if before > 0:
            slowing = self.speed / self._BRAKING
            if before < slowing:
                return -0.5 * self._BRAKING * before**2
            return -0.5 * self._BRAKING * slowing**2 - self.speed * (before - slowing)
        gone = -before - self.waits
        if gone <= 0:
            return 0.0
        reached = self._OUT_SPEED / self._LEAVING
        if gone < reached:
            return 0.5 * self._LEAVING * gone**2
        return 0.5 * self._LEAVING * reached**2 + self._OUT_SPEED * (gone - reached)

    def braking(self, time: float) -> bool:
        return self.stops_at - self.speed / self._BRAKING < time < self.stops_at + self.waits

    def pose(self, time: float) -> Pose:
        body, way = self.vehicle.body, self.travelled(time)
        # Nobody drives as if on rails.
        sway = 0.05 * math.sin(way * 0.21 + self.vehicle.id) * min(1.0, abs(way) / 6)
        heading = 0.05 * 0.21 * math.cos(way * 0.21 + self.vehicle.id) * min(1.0, abs(way) / 6)
        if self.towards:
            return Pose(self.lane_x + sway, self.stop_y - way + body.nose, math.pi - heading)
        return Pose(self.lane_x + sway, self.stop_y + way - body.tail, heading)

    def leaves_stop(self) -> float:
        return self.stops_at + self.waits

    def clear_of_barrier(self, gate: Gate) -> float:
        """When the rear has passed the arm."""
        length = self.vehicle.body.nose - self.vehicle.body.tail
        to_arm = (self.stop_y - gate.barrier_y if self.towards else gate.barrier_y - self.stop_y - length) + length
        return self.leaves_stop() + math.sqrt(2 * (to_arm + 0.6) / self._LEAVING)


def _plate(rng, kind: str, vehicle: str, groups: tuple[str, ...]) -> tuple[PlateSpec, str, str | None]:
    """A plate of this series with these groups, in a state of wear that can still be read."""
    spec = random_spec(rng, kind=kind, country="ID", vehicle=vehicle)
    row = dataclasses.replace(spec.rows[0], groups=groups, gap=0.45, tracking=0.10)
    if kind not in ("military", "police"):
        row = dataclasses.replace(row, marks=())
    size = (430, 135) if vehicle == "car" else (275, 110)
    # The truth names the series' own colours, so wear must not turn them into others.
    ground, characters = (bgr(colour) for colour in KINDS[kind][:2])
    spec = spec.with_(
        background=tuple(float(c) * 0.94 for c in ground),
        text_colour=tuple(float(c) for c in characters),
        text="".join(groups),
        lines=("".join(groups),),
        rows=(row,),
        size_mm=size,
        dirt=min(spec.dirt, 0.12),
        screws=min(spec.screws, 2),
        frame=0.0,
    )
    date = ".".join(spec.date_row.groups) if spec.date_row is not None else None
    written = ("-" if kind in ("military", "police") else " ").join(groups)
    return spec, written, date


def _vehicle(number: int, role, seed: int) -> Vehicle:
    name, colour, kind, listed, groups = role
    vehicle_class = "motorcycle" if name == "motorcycle" else SHAPES[name].vehicle_class
    plate_for = "motorcycle" if name == "motorcycle" else "car"
    vehicle_seed = seed * 1000 + number
    spec, written, date = _plate(np.random.default_rng((seed, number)), kind, plate_for, groups)
    size = (spec.size_mm[0] / 1000, spec.size_mm[1] / 1000)
    paint = CAR_COLOURS[colour][0]
    bodies = {}
    for lit in (False, True):
        rng = np.random.default_rng((seed, number))
        if name == "motorcycle":
            built = build_motorcycle(paint, rng, lit, size, detail=1.2)
        else:
            built = build(SHAPES[name], paint, rng, lit, size, detail=1.25)
        bodies[lit] = (built, built.solid.faces())
    plate_type, ground, characters = _SERIES[kind]
    return Vehicle(
        number,
        vehicle_class,
        spec,
        written,
        date,
        plate_type,
        ground,
        characters,
        kind == "electric",
        listed,
        bodies,
        vehicle_seed,
    )


def cast(count: int, seed: int) -> list[Vehicle]:
    """The vehicles of the entry; past the written ones, more are invented."""
    roles = list(_CAST[:count])
    rng = np.random.default_rng(seed + 77)
    names = ["hatchback", "mpv", "sedan", "suv", "motorcycle", "van"]
    while len(roles) < count:
        name = names[rng.integers(len(names))]
        letters = "".join(rng.choice(list("ABCDEFGHJKLMNPRSTUVWXYZ"), 3))
        groups = (str(rng.choice(["B", "D", "F", "L", "AB"])), str(rng.integers(1000, 9999)), letters)
        kind = "private-white" if rng.random() < 0.6 else "private-black"
        roles.append((name, list(CAR_COLOURS)[rng.integers(len(CAR_COLOURS))], kind, None, groups))
    return [_vehicle(number, role, seed) for number, role in enumerate(roles, 1)]


def earlier_arrivals(first_id: int, seed: int) -> list[Vehicle]:
    return [_vehicle(first_id + offset, role, seed) for offset, role in enumerate(_EARLIER)]


def schedule(gate: Gate, vehicles: list[Vehicle], seconds: float, seed: int) -> list[Drive]:
    """Spread the vehicles over the clip; motorcycles pull up beside the car before them."""
    rng = np.random.default_rng(seed * 31 + gate.seed)
    towards = gate is ENTRY
    # The first one still has to come, the last one still has to go.
    gaps = []
    for index, vehicle in enumerate(vehicles):
        beside = index > 0 and vehicle.vehicle_class == "motorcycle" and vehicles[index - 1].vehicle_class == "car"
        gaps.append(0.0 if index == 0 else (0.30 if beside else 1.0) * rng.uniform(0.95, 1.05))
    first, last = 3.6 if towards else 3.2, seconds - 5.2
    places = first + np.cumsum(gaps) / max(sum(gaps), 1e-9) * (last - first)
    drives = []
    for index, (vehicle, time) in enumerate(zip(vehicles, places)):
        # Traffic keeps left, which is the camera's side at both gates.
        left = gate.side
        if vehicle.vehicle_class == "motorcycle":
            lane_x, stop_y = left * rng.uniform(1.08, 1.18), gate.stop_y + (-0.55 if towards else 0.45)
        else:
            beside = index + 1 < len(vehicles) and vehicles[index + 1].vehicle_class == "motorcycle"
            lane_x, stop_y = (-left * 0.42 if beside else rng.uniform(-0.15, 0.15)), gate.stop_y
        waits = rng.uniform(1.2, 1.7)
        drives.append(
            Drive(vehicle, float(time), float(waits), float(lane_x), float(rng.uniform(5.2, 6.4)), stop_y, towards)
        )
    # A motorcycle beside a car leaves with it; neither waits for the arm twice.
    for index in range(1, len(drives)):
        before, drive = drives[index - 1], drives[index]
        if drive.stops_at - before.stops_at < 2.6:
            waits = max(before.waits, drive.stops_at + 0.9 - before.stops_at)
            drives[index - 1] = dataclasses.replace(before, waits=waits)
            drives[index] = dataclasses.replace(drive, waits=before.stops_at + waits + 0.35 - drive.stops_at)
    return drives


def arm_positions(gate: Gate, drives: list[Drive], frames: int, fps: float) -> list[float]:
    """How far the arm is raised in each frame: it rises while someone waits, and falls behind him."""
    raised, out = 0.0, []
    for frame in range(frames):
        time = frame / fps
        wanted = any(drive.leaves_stop() - 1.0 < time < drive.clear_of_barrier(gate) for drive in drives)
        raised += (1 if wanted else -1) / (0.9 * fps)
        raised = min(max(raised, 0.0), 1.0)
        out.append(raised * raised * (3 - 2 * raised))
    return out
