"""Glyph masks cut to their ink, so that a layout decides height and width as a plate's dies do."""

import functools
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .dies import die_glyph

FACES_DIRECTORY = Path(__file__).parent / "faces"
FACES = sorted(path.stem for path in FACES_DIRECTORY.glob("*.ttf"))
CAP_PX = 72


@functools.cache
def _font(face: str, px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACES_DIRECTORY / f"{face}.ttf"), px)


@functools.cache
def _cap_scale(face: str) -> float:
    box = _font(face, 200).getbbox("H")
    return 200 / (box[3] - box[1])


@functools.cache
def glyph(face: str, character: str, slashed: bool = False) -> np.ndarray:
    """The ink of one capital or digit as a grey mask of height CAP_PX."""
    mask = die_glyph(face, character, CAP_PX) if face.startswith("die-") else _printed_glyph(face, character)
    if slashed:
        mask = mask.copy()
        h, w = mask.shape
        cv2.line(
            mask,
            (round(w * 0.36), round(h * 0.72)),
            (round(w * 0.64), round(h * 0.28)),
            255,
            max(3, round(h * 0.075)),
            cv2.LINE_AA,
        )
    return mask


def _printed_glyph(face: str, character: str) -> np.ndarray:
    font = _font(face, round(CAP_PX * _cap_scale(face)))
    x0, y0, x1, y1 = font.getbbox(character)
    image = Image.new("L", (x1 - x0 + 4, y1 - y0 + 4), 0)
    draw = ImageDraw.Draw(image)
    draw.text((2 - x0, 2 - y0), character, fill=255, font=font)
    mask = np.asarray(image)
    ys, xs = np.where(mask > 40)
    mask = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    if character == "Q":  # its tail hangs below the line; dies press it into the cap height
        mask = cv2.resize(mask, (mask.shape[1], CAP_PX), interpolation=cv2.INTER_AREA)
    scale = CAP_PX / mask.shape[0]
    return cv2.resize(mask, (max(3, round(mask.shape[1] * scale)), CAP_PX), interpolation=cv2.INTER_LINEAR)


@functools.lru_cache(maxsize=4096)
def words(face: str, text: str) -> np.ndarray:
    """A run of small lettering as a grey mask, 32 px capitals."""
    font = _font(face, round(32 * _cap_scale(face)))
    x0, y0, x1, y1 = font.getbbox(text)
    image = Image.new("L", (max(4, x1 - x0 + 4), max(4, y1 - y0 + 4)), 0)
    ImageDraw.Draw(image).text((2 - x0, 2 - y0), text, fill=255, font=font)
    return np.asarray(image)
