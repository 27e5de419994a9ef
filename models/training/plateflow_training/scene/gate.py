"""The two gates: where lane, barrier, camera and lamps are."""

from __future__ import annotations

from dataclasses import dataclass

from . import light as lights
from .camera import Camera
from .light import Lamp, Light

LANE_HALF = 1.95
ISLAND = 1.15


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
