"""The pinhole camera of the drawn gate scene."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

NEAR_METRES = 0.35


@dataclass(frozen=True)
class Camera:
    """World axes: x to the right, y away from the camera along the ground, z up; metres and radians."""

    width: int
    height: int
    focal_pixels: float
    x: float = 0.0
    y: float = 0.0
    z: float = 2.8
    yaw: float = 0.0
    pitch_down: float = 0.19

    @property
    def position(self) -> np.ndarray:
        return np.array([self.x, self.y, self.z])

    def _rotation(self) -> np.ndarray:
        """Rows are the camera's right, down and forward directions."""
        cos_yaw, sin_yaw = math.cos(self.yaw), math.sin(self.yaw)
        cos_pitch, sin_pitch = math.cos(self.pitch_down), math.sin(self.pitch_down)
        right = (cos_yaw, -sin_yaw, 0.0)
        forward = (sin_yaw * cos_pitch, cos_yaw * cos_pitch, -sin_pitch)
        down = (-sin_yaw * sin_pitch, -cos_yaw * sin_pitch, -cos_pitch)
        return np.array([right, down, forward])

    def project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pixels (n, 2) and depth in metres (n,) of world points (n, 3)."""
        local = (np.asarray(points, float) - self.position) @ self._rotation().T
        depth = local[:, 2]
        safe = np.maximum(depth, NEAR_METRES)
        pixels = local[:, :2] * (self.focal_pixels / safe)[:, None]
        pixels += (self.width / 2, self.height / 2)
        return pixels, depth

    def ground_points(self, pixels_x: np.ndarray, pixels_y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """World x and y where the rays of these pixels meet the ground, and whether they do."""
        rays = np.stack(
            [
                (pixels_x - self.width / 2) / self.focal_pixels,
                (pixels_y - self.height / 2) / self.focal_pixels,
                np.ones_like(pixels_x),
            ],
            axis=-1,
        )
        world = rays @ self._rotation()
        down = -world[..., 2]
        meets = down > 1e-4
        reach = self.z / np.where(meets, down, 1.0)
        return self.x + world[..., 0] * reach, self.y + world[..., 1] * reach, meets
