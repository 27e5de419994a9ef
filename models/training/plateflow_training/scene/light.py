"""Daylight and night light of the drawn scene, and how a surface looks in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

# Material kinds of a surface.
PAINT, GLASS, MATTE, LENS, GLOW = range(5)

# Reflectance at normal incidence and sharpness of what is mirrored, by material kind.
_REFLECTANCE = np.array([0.05, 0.07, 0.015, 0.16, 0.0])
_MIRROR = np.array([0.85, 1.0, 0.25, 1.0, 0.0])
_SPARKLE = np.array([0.5, 0.8, 0.05, 0.9, 0.0])


@dataclass(frozen=True)
class Lamp:
    """A lamp post's light; power is its brightness on a surface one metre away."""

    position: tuple[float, float, float]
    colour: tuple[float, float, float]
    power: float


@dataclass(frozen=True)
class Light:
    """Colours are blue, green, red in 0..255."""

    night: bool
    ambient: tuple[float, float, float]
    sun_colour: tuple[float, float, float]
    sun_direction: tuple[float, float, float]
    zenith: tuple[float, float, float]
    horizon: tuple[float, float, float]
    treeline: tuple[float, float, float]
    ground: tuple[float, float, float]
    lamps: tuple[Lamp, ...] = field(default=())
    # The lamp of the camera itself: what makes plates shine at night.
    flood: float = 0.0

    @property
    def sun(self) -> np.ndarray:
        direction = np.array(self.sun_direction, float)
        return direction / np.linalg.norm(direction)


def day(sun_direction=(0.45, -0.5, 0.9), overcast: float = 0.0) -> Light:
    clear = 1.0 - overcast
    return Light(
        night=False,
        ambient=(0.66, 0.62, 0.59) if overcast < 0.5 else (1.02, 0.99, 0.97),
        sun_colour=(0.52 * clear, 0.61 * clear, 0.66 * clear),
        sun_direction=sun_direction,
        zenith=(225, 190, 150) if overcast < 0.5 else (215, 210, 205),
        horizon=(250, 243, 235),
        treeline=(52, 70, 62),
        ground=(78, 80, 84),
    )


def night(lamps: tuple[Lamp, ...], flood: float = 0.5) -> Light:
    return Light(
        night=True,
        ambient=(0.105, 0.085, 0.08),
        sun_colour=(0, 0, 0),
        sun_direction=(0.2, -0.5, 0.9),
        zenith=(34, 24, 20),
        horizon=(48, 42, 44),
        treeline=(14, 14, 14),
        ground=(20, 22, 24),
        lamps=lamps,
        flood=flood,
    )


def _mirrored(directions: np.ndarray, light: Light) -> np.ndarray:
    """What a mirror shows in these directions: sky, an uneven line of trees, the ground."""
    up = directions[:, 2]
    azimuth = np.arctan2(directions[:, 0], directions[:, 1])
    trees = 0.20 + 0.07 * np.sin(azimuth * 5.0 + 1.0) + 0.05 * np.sin(azimuth * 13.0)
    sky_mix = np.clip((up - 0.1) / 0.8, 0, 1)[:, None]
    sky = np.array(light.horizon) * (1 - sky_mix) + np.array(light.zenith) * sky_mix
    ground_mix = np.clip(-up * 1.6, 0, 1)[:, None]
    low = np.array(light.treeline) * (1 - ground_mix) + np.array(light.ground) * ground_mix
    above = np.clip((up - trees) / 0.06, 0, 1)[:, None]
    return low * (1 - above) + sky * above


def shade(
    centres: np.ndarray,
    normals: np.ndarray,
    colours: np.ndarray,
    kinds: np.ndarray,
    camera_position: np.ndarray,
    light: Light,
) -> np.ndarray:
    """Colour of each small face; all arrays run over the faces."""
    view = camera_position - centres
    distance = np.linalg.norm(view, axis=1, keepdims=True)
    view = view / distance
    facing = np.clip((normals * view).sum(1), 0, 1)
    up = normals[:, 2]

    # Light from the sky falls from above; what comes from below is thrown back by the road.
    open_sky = (0.52 + 0.48 * up)[:, None]
    # Faces near the road see less of the sky.
    low = np.clip(centres[:, 2] / 0.5, 0.35, 1.0)[:, None]
    lit = np.array(light.ambient) * open_sky * (0.6 + 0.4 * low)
    sun = light.sun
    lit = lit + np.array(light.sun_colour) * np.clip(normals @ sun, 0, 1)[:, None]

    reflected = 2 * facing[:, None] * normals - view
    sparkle = np.zeros_like(centres)
    gloss = _SPARKLE[kinds][:, None]
    if light.sun_colour[2] > 0:
        sparkle += 255 * np.clip(reflected @ sun, 0, 1)[:, None] ** 60 * gloss
    for lamp in light.lamps:
        to_lamp = np.array(lamp.position) - centres
        reach = np.linalg.norm(to_lamp, axis=1, keepdims=True)
        to_lamp = to_lamp / reach
        strength = lamp.power / (reach**2 + 1.0)
        falling = np.clip((normals * to_lamp).sum(1, keepdims=True), 0, 1)
        lit = lit + np.array(lamp.colour) * (strength * (0.15 + 0.85 * falling))
        glint = np.clip((reflected * to_lamp).sum(1, keepdims=True), 0, 1) ** 90
        sparkle += np.array(lamp.colour) * 230 * glint * gloss
    if light.flood:
        lit = lit + light.flood * facing[:, None] * np.clip(7.0 / distance, 0, 1.3) ** 1.5

    fresnel = _REFLECTANCE[kinds] + (1 - _REFLECTANCE[kinds]) * (1 - facing) ** 5 * 0.75
    fresnel = (fresnel * _MIRROR[kinds])[:, None]
    seen = colours * lit * (1 - fresnel) + _mirrored(reflected, light) * fresnel + sparkle
    glowing = (kinds == GLOW)[:, None]
    seen = np.where(glowing, colours, seen)
    # A soft shoulder keeps bright faces from clipping flat.
    return np.where(seen > 200, 200 + 55 * (1 - np.exp(-(seen - 200) / 55)), seen)
