"""Lettering of one stroke width with rounded corners, as stamping dies cut it.

Printed typefaces lack it: an O that is a rounded rectangle, a D that differs from it by two corners only, a 1 with a
flag and no foot. A glyph is a set of paths over a unit box; every corner is rounded except those marked sharp.
"""

import cv2
import numpy as np

_ = "sharp"
_PATHS = {
    "0": [["loop", (0, 0), (1, 0), (1, 1), (0, 1)]],
    "1": [[(0, 0.24), (1, 0, _), (1, 1)]],
    "2": [[(0, 0.26), (0, 0), (1, 0), (1, 0.42), (0, 1, _), (1, 1)]],
    "3": [
        [(0, 0.22), (0, 0), (1, 0), (1, 0.48), (0.35, 0.48, _)],
        [(0.35, 0.48), (1, 0.48), (1, 1), (0, 1), (0, 0.78)],
    ],
    "4": [[(0.72, 1), (0.72, 0, _), (0, 0.7, _), (1, 0.7)]],
    "5": [[(1, 0), (0.06, 0, _), (0.02, 0.44, _), (1, 0.4), (1, 1), (0, 1), (0, 0.78)]],
    "6": [[(1, 0.22), (1, 0), (0, 0), (0, 1), (1, 1), (1, 0.45), (0, 0.45)]],
    "7": [[(0, 0), (1, 0, _), (0.3, 1)]],
    "8": [["loop", (0.06, 0), (0.94, 0), (0.94, 0.47), (0.06, 0.47)], ["loop", (0, 0.47), (1, 0.47), (1, 1), (0, 1)]],
    "9": [[(0, 0.78), (0, 1), (1, 1), (1, 0), (0, 0), (0, 0.55), (1, 0.55)]],
    "A": [[(0, 1), (0.42, 0, _), (0.58, 0, _), (1, 1)], [(0.17, 0.68), (0.83, 0.68)]],
    "B": [
        ["loop", (0, 0, _), (0.92, 0), (0.92, 0.47), (0, 0.47, _)],
        ["loop", (0, 0.47, _), (1, 0.47), (1, 1), (0, 1, _)],
    ],
    "C": [[(1, 0.27), (1, 0), (0, 0), (0, 1), (1, 1), (1, 0.73)]],
    "D": [["loop", (0, 0, _), (1, 0), (1, 1), (0, 1, _)]],
    "E": [[(1, 0), (0, 0, _), (0, 1, _), (1, 1)], [(0, 0.48), (0.85, 0.48)]],
    "F": [[(1, 0), (0, 0, _), (0, 1)], [(0, 0.48), (0.85, 0.48)]],
    "G": [[(1, 0.27), (1, 0), (0, 0), (0, 1), (1, 1), (1, 0.55, _), (0.55, 0.55)]],
    "H": [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.48), (1, 0.48)]],
    "I": [[(0.5, 0), (0.5, 1)]],
    "J": [[(1, 0), (1, 1), (0, 1), (0, 0.72)]],
    "K": [[(0, 0), (0, 1)], [(1, 0), (0.05, 0.6, _)], [(0.38, 0.42), (1, 1)]],
    "L": [[(0, 0), (0, 1, _), (1, 1)]],
    "M": [[(0, 1), (0, 0, _), (0.5, 0.6, _), (1, 0, _), (1, 1)]],
    "N": [[(0, 1), (0, 0, _), (1, 1, _), (1, 0)]],
    "O": [["loop", (0, 0), (1, 0), (1, 1), (0, 1)]],
    "P": [["loop", (0, 0, _), (1, 0), (1, 0.53), (0, 0.53, _)], [(0, 0), (0, 1)]],
    "Q": [["loop", (0, 0), (1, 0), (1, 1), (0, 1)], [(0.55, 0.7), (1.05, 1.0)]],
    "R": [["loop", (0, 0, _), (1, 0), (1, 0.53), (0, 0.53, _)], [(0, 0), (0, 1)], [(0.5, 0.53), (1, 1)]],
    "S": [[(1, 0.24), (1, 0), (0, 0), (0, 0.48), (1, 0.48), (1, 1), (0, 1), (0, 0.76)]],
    "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
    "U": [[(0, 0), (0, 1), (1, 1), (1, 0)]],
    "V": [[(0, 0), (0.5, 1, _), (1, 0)]],
    "W": [[(0, 0), (0.1, 1, _), (0.5, 0.25, _), (0.9, 1, _), (1, 0)]],
    "X": [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
    "Y": [[(0, 0), (0.5, 0.52, _), (1, 0)], [(0.5, 0.5), (0.5, 1)]],
    "Z": [[(0, 0), (1, 0, _), (0, 1, _), (1, 1)]],
}
_WIDTHS = {
    "1": 0.42,
    "I": 0.0,
    "J": 0.85,
    "M": 1.3,
    "W": 1.3,
    "O": 1.08,
    "D": 1.05,
    "Q": 1.08,
    "N": 1.08,
    "T": 1.05,
    "L": 0.9,
}

# stroke, corner radius and width in hundredths of the height
DIES = ("die-10-20-46", "die-11-14-54", "die-13-24-60", "die-12-28-52", "die-9-16-48", "die-14-30-64", "die-15-12-54")


def die_glyph(face: str, character: str, height: int) -> np.ndarray:
    stroke, radius, width = (int(v) / 100 * height for v in face.split("-")[1:])
    width = (width - stroke) * _WIDTHS.get(character, 1.0)
    mask = np.zeros((height, max(1, round(width + stroke))), np.uint8)
    scale = np.array([width, height - stroke])
    for path in _PATHS[character]:
        closed = path[0] == "loop"
        points = _rounded(path[1:] if closed else path, scale, radius, closed) + stroke / 2
        # Drawn with four more bits of position, or thin strokes would jump between pixels.
        cv2.polylines(
            mask, [np.round(points * 16).astype(np.int32)], closed, 255, max(1, round(stroke)), cv2.LINE_AA, 4
        )
    return mask


def _rounded(vertices, scale, radius, closed) -> np.ndarray:
    corners = [np.array(v[:2]) * scale for v in vertices]
    points = []
    for index, (vertex, corner) in enumerate(zip(vertices, corners)):
        ends = not closed and index in (0, len(vertices) - 1)
        if ends or len(vertex) == 3:
            points.append(corner)
            continue
        before, after = corners[index - 1], corners[(index + 1) % len(corners)]
        to_before, to_after = before - corner, after - corner
        lengths = np.linalg.norm(to_before), np.linalg.norm(to_after)
        reach = min(radius, lengths[0] * 0.5, lengths[1] * 0.5)
        start, end = corner + to_before / lengths[0] * reach, corner + to_after / lengths[1] * reach
        for t in np.linspace(0, 1, 7):  # a quadratic Bezier curve between the tangent points
            points.append((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end)
    return np.array(points)
