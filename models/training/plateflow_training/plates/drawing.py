"""Turns a PlateSpec into a flat picture."""

from dataclasses import dataclass

import cv2
import numpy as np

from .glyphs import glyph, words
from .spec import PlateSpec, Row


@dataclass(frozen=True)
class PlacedCharacter:
    """Where a character was printed, in pixels of the drawing. ``row`` counts lines; the date's row is -1."""

    character: str
    row: int
    left: float
    right: float
    middle: float  # y


def draw_plate(spec: PlateSpec, height_px: int, rng: np.random.Generator) -> np.ndarray:
    """Flat front view, (H, W, 3) uint8 BGR. ``height_px`` is the plate's own height; a frame adds to it."""
    return draw_plate_with_places(spec, height_px, rng)[0]


def draw_plate_with_places(
    spec: PlateSpec, height_px: int, rng: np.random.Generator
) -> tuple[np.ndarray, list[PlacedCharacter]]:
    """The same, and where each character of the number and of the date stands."""
    aspect = spec.size_mm[0] / spec.size_mm[1]
    h, w = int(height_px), max(8, round(height_px * aspect))
    canvas = np.empty((h, w, 3), np.float32)
    canvas[:] = spec.background
    if spec.picture:
        _paint_scene(canvas, spec.picture, rng)
    for rect in spec.rects:
        x0, y0, x1, y1 = _pixels(rect.box, w, h)
        canvas[y0:y1, x0:x1] = rect.colour
    if spec.blue_strip is not None:
        _paint_strip(canvas, spec.blue_strip)
    for disc in spec.discs:
        centre = (round(disc.centre[0] * w), round(disc.centre[1] * h))
        radius = max(1, round(disc.radius * h))
        cv2.circle(canvas, centre, radius, disc.colour, -1, cv2.LINE_AA)
        if radius > 3:  # emblems have a rim and something inside
            inner = tuple(float(c) for c in rng.uniform(20, 235, 3))
            cv2.circle(canvas, centre, max(1, radius // 2), inner, -1 if rng.random() < 0.5 else 1, cv2.LINE_AA)
    if spec.border:
        thickness = max(1, round(spec.border * h))
        inset = max(thickness // 2, round(h * 0.035))
        colour = spec.border_colour or spec.text_colour
        cv2.rectangle(canvas, (inset, inset), (w - 1 - inset, h - 1 - inset), colour, thickness, cv2.LINE_AA)
    for item in spec.words:
        _paint_words(
            canvas,
            item.text,
            item.face or "barlow-semi-condensed-600",
            item.centre,
            item.height,
            item.max_width,
            item.colour or spec.text_colour,
        )
    places = []
    for index, row in enumerate(spec.rows):
        places += _paint_row(canvas, row, spec, rng, index)
    if spec.date_row is not None:
        places += _paint_row(canvas, spec.date_row, spec, rng, -1)
    for _ in range(spec.screws):
        _paint_screw(canvas, rng)
    if spec.dirt:
        _paint_dirt(canvas, spec.dirt, rng)
    canvas = _round_corners(canvas, spec.corner, spec.frame_colour)
    if spec.frame:
        canvas, side, top = _add_frame(canvas, spec, rng)
        places = [PlacedCharacter(p.character, p.row, p.left + side, p.right + side, p.middle + top) for p in places]
    return np.clip(canvas, 0, 255).astype(np.uint8), places


def _pixels(box, w, h):
    return round(box[0] * w), round(box[1] * h), round(box[2] * w), round(box[3] * h)


def _blend(canvas, mask, x, y, colour):
    """Paints a grey mask at (x, y), cut to the canvas."""
    h, w = canvas.shape[:2]
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(w, x + mask.shape[1]), min(h, y + mask.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    alpha = mask[y0 - y : y1 - y, x0 - x : x1 - x, None].astype(np.float32) / 255
    region = canvas[y0:y1, x0:x1]
    region += (np.asarray(colour, np.float32) - region) * alpha


def _resized(mask, width, height):
    shrink = height < mask.shape[0]
    return cv2.resize(
        mask,
        (max(1, round(width)), max(1, round(height))),
        interpolation=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR,
    )


def _paint_row(canvas, row: Row, spec: PlateSpec, rng, number: int) -> list[PlacedCharacter]:
    places = []
    h, w = canvas.shape[:2]
    x0, y0, x1, y1 = row.box[0] * w, row.box[1] * h, row.box[2] * w, row.box[3] * h
    char_h = y1 - y0
    scale = char_h / glyph(spec.face, "H").shape[0]
    colour = row.colour or spec.text_colour
    tracking, gap = row.tracking * char_h, row.gap * char_h

    def char_width(c):
        mask = glyph(spec.face, c, spec.slashed_o and c == "O")
        return mask.shape[1] * scale * spec.stretch

    widths = []
    for index, group in enumerate(row.groups):
        if index in row.stacked:
            widths.append(max(char_width(c) for c in group) * 0.5)
        else:
            widths.append(sum(char_width(c) for c in group) + tracking * (len(group) - 1))
    natural = sum(widths) + gap * (len(row.groups) - 1)
    # Dies are never stretched to fill a plate, but long numbers are squeezed to fit it.
    squeeze = min(1.0, (x1 - x0) / max(natural, 1))
    if row.justified and len(row.groups) > 1 and natural < x1 - x0:
        gap += (x1 - x0 - natural) / (len(row.groups) - 1)
        natural = x1 - x0
    x = (x0 + x1) / 2 - natural * squeeze / 2
    for index, group in enumerate(row.groups):
        if index in row.stacked:
            small = char_h * 0.94 / len(group)
            for k, c in enumerate(group):
                mask = glyph(spec.face, c)
                width = mask.shape[1] * (small / mask.shape[0]) * spec.stretch * squeeze * 1.1
                _stamp(canvas, mask, x, y0 + k * char_h / len(group), width, small, colour, spec)
                places.append(PlacedCharacter(c, number, x, x + width, y0 + (k + 0.5) * char_h / len(group)))
        else:
            cursor = x
            for c in group:
                mask = glyph(spec.face, c, spec.slashed_o and c == "O")
                width = mask.shape[1] * scale * spec.stretch * squeeze
                _stamp(canvas, mask, cursor, y0, width, char_h, colour, spec)
                places.append(PlacedCharacter(c, number, cursor, cursor + width, (y0 + y1) / 2))
                cursor += width + tracking * squeeze
        x += widths[index] * squeeze
        if index < len(row.groups) - 1:
            mark = row.marks[index] if index < len(row.marks) else ""
            _paint_mark(canvas, mark, x + gap * squeeze / 2, y0, char_h, gap * squeeze, colour, rng)
            x += gap * squeeze
    return places


def _stamp(canvas, mask, x, y, width, height, colour, spec):
    sized = _resized(mask, width, height)
    xi, yi = round(x), round(y)
    if spec.relief and height > 18:
        light = tuple(min(255.0, c + 70 * spec.relief) for c in spec.background)
        dark = tuple(max(0.0, c - 70 * spec.relief) for c in spec.background)
        offset = max(1, round(height * 0.025))
        _blend(canvas, sized, xi - offset, yi - offset, light)
        _blend(canvas, sized, xi + offset, yi + offset, dark)
    _blend(canvas, sized, xi, yi, colour)


def _paint_mark(canvas, mark, centre_x, y0, char_h, gap, colour, rng):
    if mark == "-":
        half, thick = gap * 0.3, max(1, round(char_h * 0.1))
        y = y0 + char_h * 0.5
        cv2.rectangle(
            canvas,
            (round(centre_x - half), round(y - thick / 2)),
            (round(centre_x + half), round(y + thick / 2)),
            colour,
            -1,
        )
    elif mark in (".", "o"):
        y = y0 + char_h * (0.5 if mark == "o" else 0.93)
        cv2.circle(canvas, (round(centre_x), round(y)), max(1, round(char_h * 0.075)), colour, -1, cv2.LINE_AA)
    elif mark == "blob":
        radius = gap * 0.4
        for _ in range(int(rng.integers(2, 6))):
            centre = (round(centre_x + rng.normal(0, radius * 0.35)), round(y0 + char_h * rng.uniform(0.25, 0.8)))
            axes = (max(1, round(radius * rng.uniform(0.3, 0.9))), max(1, round(radius * rng.uniform(0.3, 0.9))))
            cv2.ellipse(
                canvas,
                centre,
                axes,
                float(rng.uniform(0, 180)),
                0,
                360,
                tuple(float(c) for c in rng.uniform(0, 255, 3)),
                -1,
                cv2.LINE_AA,
            )
    elif mark == "discs":  # inspection and registration seals, one above the other
        for fraction in (0.28, 0.74):
            cv2.circle(
                canvas,
                (round(centre_x), round(y0 + char_h * fraction)),
                max(1, round(min(gap * 0.42, char_h * 0.2))),
                tuple(float(c) for c in rng.uniform(20, 255, 3)),
                -1,
                cv2.LINE_AA,
            )


def _paint_words(canvas, text, face, centre, height, max_width, colour):
    if not text:
        return
    h, w = canvas.shape[:2]
    mask = words(face, text)
    target_h = height * h * (mask.shape[0] / 36)
    target_w = min(mask.shape[1] * target_h / mask.shape[0], max_width * w)
    sized = _resized(mask, target_w, target_h)
    _blend(canvas, sized, round(centre[0] * w - sized.shape[1] / 2), round(centre[1] * h - sized.shape[0] / 2), colour)


def _paint_strip(canvas, letters):
    h, w = canvas.shape[:2]
    strip = round(min(0.115 * w, 0.42 * h))
    canvas[:, :strip] = (160, 60, 10)
    cv2.circle(
        canvas, (strip // 2, round(h * 0.32)), max(1, round(strip * 0.3)), (0, 205, 255), max(1, h // 40), cv2.LINE_AA
    )
    _paint_words(
        canvas, letters, "barlow-semi-condensed-600", (strip / 2 / w, 0.75), 0.2, strip / w * 0.8, (245, 245, 245)
    )


def _paint_screw(canvas, rng):
    h, w = canvas.shape[:2]
    x = rng.choice([0.05, 0.22, 0.26, 0.3, 0.5, 0.7, 0.74, 0.78, 0.95]) * w
    y = rng.choice([0.1, 0.5, 0.9]) * h if x < 0.1 * w or x > 0.9 * w else rng.choice([0.09, 0.2, 0.9]) * h
    grey = float(rng.uniform(20, 230))
    radius = max(1, round(h * rng.uniform(0.02, 0.055)))
    cv2.circle(canvas, (round(x), round(y)), radius, (grey, grey, grey), -1, cv2.LINE_AA)
    if radius > 2:
        cv2.circle(canvas, (round(x), round(y)), radius, (grey * 0.4,) * 3, 1, cv2.LINE_AA)


def _smooth_noise(shape, cells, rng):
    grid = rng.random((max(2, cells), max(2, cells * 2))).astype(np.float32)
    return cv2.resize(grid, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def _paint_dirt(canvas, amount, rng):
    noise = _smooth_noise(canvas.shape, int(rng.integers(3, 14)), rng)
    alpha = np.clip((noise - (1 - amount)) * 2.2, 0, 0.8)[..., None]
    mud = np.array([60, 85, 105], np.float32) * rng.uniform(0.5, 1.5)
    canvas += (mud - canvas) * alpha


def _paint_scene(canvas, strength, rng):
    """A printed sky, hill or emblem behind the number, as many states of the USA have."""
    h, w = canvas.shape[:2]
    top, bottom = rng.uniform(90, 255, 3), rng.uniform(120, 255, 3)
    ramp = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    scene = top * (1 - ramp) + bottom * ramp + np.zeros_like(canvas)
    for _ in range(int(rng.integers(0, 4))):
        centre = (int(rng.integers(0, w)), int(rng.integers(0, h)))
        axes = (int(rng.uniform(0.1, 0.6) * h) + 1, int(rng.uniform(0.1, 0.5) * h) + 1)
        cv2.ellipse(
            scene,
            centre,
            axes,
            float(rng.uniform(0, 180)),
            0,
            360,
            tuple(float(c) for c in rng.uniform(60, 255, 3)),
            -1,
            cv2.LINE_AA,
        )
    canvas += (scene - canvas) * strength


def _round_corners(canvas, corner, outside):
    h, w = canvas.shape[:2]
    radius = round(corner * h)
    if radius < 2:
        return canvas
    mask = np.zeros((h, w), np.uint8)
    cv2.rectangle(mask, (radius, 0), (w - 1 - radius, h - 1), 255, -1)
    cv2.rectangle(mask, (0, radius), (w - 1, h - 1 - radius), 255, -1)
    for x in (radius, w - 1 - radius):
        for y in (radius, h - 1 - radius):
            cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    alpha = mask[..., None].astype(np.float32) / 255
    return canvas * alpha + np.asarray(outside, np.float32) * (1 - alpha)


def _add_frame(canvas, spec, rng):
    h, w = canvas.shape[:2]
    side = max(1, round(spec.frame * h * 0.6))
    top = max(1, round(spec.frame * h * rng.uniform(0.4, 1.2)))
    bottom = max(1, round(spec.frame * h * rng.uniform(0.6, 1.6)))
    framed = np.empty((h + top + bottom, w + 2 * side, 3), np.float32)
    framed[:] = spec.frame_colour
    framed[top : top + h, side : side + w] = canvas
    if spec.frame_words:
        ink = (230, 230, 230) if sum(spec.frame_colour) < 380 else (20, 20, 20)
        fraction = bottom / framed.shape[0]
        _paint_words(
            framed, spec.frame_words, "barlow-semi-condensed-600", (0.5, 1 - fraction / 2), fraction * 0.6, 0.8, ink
        )
        if top > side:
            fraction = top / framed.shape[0]
            _paint_words(
                framed, spec.frame_words, "barlow-semi-condensed-600", (0.5, fraction / 2), fraction * 0.6, 0.8, ink
            )
    return framed, side, top
