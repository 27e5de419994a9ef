"""Colours of vehicles and their parts: blue, green, red; paints with how often they are on the road."""

from __future__ import annotations

import numpy as np

DARK = (24, 24, 25)
CHROME = (205, 205, 205)
CABIN = (30, 30, 32)

CAR_COLOURS = {
    "white": ((226, 226, 224), 26),
    "silver": ((176, 174, 170), 18),
    "grey": ((98, 94, 90), 15),
    "black": ((30, 29, 29), 20),
    "red": ((38, 34, 160), 8),
    "blue": ((128, 74, 34), 5),
    "orange": ((30, 96, 206), 2),
    "yellow": ((40, 190, 226), 2),
    "green": ((56, 84, 40), 2),
    "brown": ((44, 58, 84), 2),
    "bronze": ((96, 124, 146), 3),
}


def random_colour(rng: np.random.Generator) -> np.ndarray:
    names = list(CAR_COLOURS)
    weights = np.array([CAR_COLOURS[name][1] for name in names], float)
    colour = np.array(CAR_COLOURS[names[rng.choice(len(names), p=weights / weights.sum())]][0], float)
    return np.clip(colour * rng.uniform(0.85, 1.15) + rng.normal(0, 4, 3), 8, 240)
