"""Levels crops of sloping plates before they are read.

Plates beside a gate slope by a third of their box's height and more. The slope is what a first reader saw: the rise
of the first line over the crop's width, in crop heights, downwards positive. Level, the plate needs less height than
its box had, so its letters come out larger. Only rows move (a vertical shear), because cameras stand upright and so
do the plates' side edges in the picture.
"""

import cv2
import numpy as np
import torch

from .alphabet import INPUT_HEIGHT
from .network import PlateReader, line_slope

# Motorcycles lean, and a leaning plate needs more height than what its slope leaves.
ROOM = 0.7  # how much of the slope is given back as size


def kept_height(slope: float) -> float:
    """The part of the crop's height that is left of it."""
    return 1 - ROOM * abs(slope)


def level(crop: np.ndarray, slope: float, width: int, interpolation: int) -> np.ndarray:
    """The crop, stretched to (64, width) and levelled.

    Sizes first, at the scale that the levelled crop will have: no pixel is scaled twice.
    """
    tall = round(INPUT_HEIGHT / kept_height(slope))
    stretched = cv2.resize(crop, (width, tall), interpolation=interpolation)
    if tall == INPUT_HEIGHT:
        return stretched
    fall = slope * tall / width
    matrix = np.float32([[1, 0, 0], [fall, 1, (tall - INPUT_HEIGHT) / 2 - fall * (width - 1) / 2]])
    return cv2.warpAffine(
        stretched,
        matrix,
        (width, INPUT_HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )


def level_mapping(slope: float) -> np.ndarray:
    """What `level` does to points of the crop, both in 0..1: a 3x3 matrix."""
    kept = kept_height(slope)
    return np.array([[1, 0, 0], [-slope / kept, 1 / kept, 0.5 - (0.5 - slope / 2) / kept], [0, 0, 1]])


@torch.inference_mode()
def slope_of(first: PlateReader, crop: np.ndarray) -> float:
    """What the first reader sees in a crop of its own size."""
    (line, *_), attention = first.look(torch.from_numpy(crop[None, None].astype(np.float32) / 255))
    return float(line_slope(attention[:, 0], torch.softmax(line, 2))[0])
