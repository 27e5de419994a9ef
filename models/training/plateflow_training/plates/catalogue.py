"""Which plate to draw, and how worn it is."""

import numpy as np

from . import indonesia, world
from .spec import PlateSpec

KINDS = tuple(indonesia.KINDS)
COUNTRIES = {"ID": 0.58, "US": 0.11, "EU": 0.10, "GB": 0.03, "BR": 0.12, "VN": 0.06}


def random_spec(rng: np.random.Generator, kind=None, country=None, vehicle="car") -> PlateSpec:
    """A plate of ``country`` (ID, US, EU, GB, BR, VN; None draws one).

    ``kind`` names an Indonesian series (see KINDS).
    """
    if country is None:
        country = (
            "ID"
            if kind is not None
            else str(rng.choice(list(COUNTRIES), p=np.array(list(COUNTRIES.values())) / sum(COUNTRIES.values())))
        )
    if country == "ID":
        spec = indonesia.random_indonesian(rng, kind, vehicle)
    else:
        maker = {
            "US": world.random_us,
            "EU": world.random_eu,
            "GB": world.random_uk,
            "BR": world.random_brazil,
            "VN": world.random_vietnam,
        }
        if country not in maker:
            raise ValueError(f"unknown country {country!r}, expected one of {', '.join(COUNTRIES)}")
        spec = maker[country](rng, vehicle)
    return _worn(spec, rng)


def _worn(spec: PlateSpec, rng) -> PlateSpec:
    """Colours fade, screws go through letters, mud dries."""
    fade = float(rng.uniform(0.75, 1.0))
    shift = rng.normal(0, 4, 3)
    changes = {
        "background": tuple(float(np.clip(c * fade + s, 0, 255)) for c, s in zip(spec.background, shift)),
        "text_colour": tuple(float(np.clip(c + rng.normal(0, 12), 0, 255)) for c in spec.text_colour),
        "screws": int(rng.choice([0, 1, 2, 4], p=[0.35, 0.2, 0.35, 0.1])),
        "dirt": float(rng.uniform(0.05, 0.45)) if rng.random() < 0.25 else 0.0,
    }
    if spec.country == "ID":
        changes["relief"] = float(rng.uniform(0, 0.7))
        if rng.random() < 0.06:  # the paint is gone, only the embossing is left
            left = rng.uniform(0.05, 0.35)
            changes["text_colour"] = tuple(
                b + (t - b) * left for b, t in zip(changes["background"], changes["text_colour"])
            )
            changes["relief"] = 1.0
        if rng.random() < 0.3:  # plastic or chrome surround
            changes["frame"] = float(rng.uniform(0.03, 0.14))
            changes["frame_colour"] = (25.0, 25.0, 25.0) if rng.random() < 0.6 else (200.0, 200.0, 205.0)
    return spec.with_(**changes)
