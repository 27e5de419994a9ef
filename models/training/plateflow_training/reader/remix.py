"""New plates out of photographed ones: the letters of one, the digits of another.

A few hundred photographed plates are soon known by heart, and a network that knows a text need not look at its letters.
Indonesian plates stand in three groups with wide gaps, so the groups of different plates can change places and still be
what a camera saw, and so can single characters: a Q is rare, and an N hardly ever stands first. Where each character
stands is found by a reader that was trained before (forced alignment along the CTC lattice; Graves et al., 2006).
"""

import itertools
import re
from collections import Counter
from dataclasses import dataclass

import cv2
import numpy as np
import torch

from .alphabet import BLANK, COLUMNS, encode
from .evaluation import MARGIN, Case, crop_of
from .network import PlateReader, line_slope
from .samples import Sample

GROUPS = re.compile(r"([A-Z]{1,2})(\d{1,4})([A-Z]{1,3})")
ROOM = 0.2  # of the plate's height kept above and below, of its width left and right
STEEPEST = 0.35  # rise over the width, in plate heights
NARROWEST_GAP = 1.15  # between the centres of neighbours in different groups, in spacings within groups
FEWEST = 12  # plates of one kind below which nothing is mixed
SWAPPED_PLATES, SWAPPED_CHARACTERS = (
    0.6,
    0.6,
)  # share of mixed plates with single characters of others, and of their characters


@dataclass(frozen=True)
class Piece:
    """One group of a levelled plate, with the columns at which its characters begin and the last one ends.

    ``top`` and ``bottom`` are the plate's edges, ``outer`` where its side edge stands.
    """

    image: np.ndarray
    text: str
    cuts: tuple[int, ...]
    top: float
    bottom: float
    outer: float
    dark: float
    light: float


def align(lattice: np.ndarray, text: str) -> np.ndarray | None:
    """Column (a real number) of every character of ``text`` on the likeliest path through the (columns,
    symbols) lattice."""
    symbols = [BLANK]
    for code in encode(text):
        symbols += [code, BLANK]
    logs = np.log(np.maximum(lattice, 1e-9))[:, symbols]
    steps, states = logs.shape
    best, came = np.full(states, -np.inf), np.zeros((steps, states), np.int64)
    best[:2] = logs[0, :2]
    for step in range(1, steps):
        moves = np.stack([best, np.r_[-np.inf, best[:-1]], np.r_[-np.inf, -np.inf, best[:-2]]])
        # A character may follow another directly only where they differ.
        moves[2, [s for s in range(states) if s < 2 or symbols[s] == BLANK or symbols[s] == symbols[s - 2]]] = -np.inf
        came[step] = moves.argmax(0)
        best = moves.max(0) + logs[step]
    state = states - 1 if best[-1] > best[-2] else states - 2
    if not np.isfinite(best[state]):
        return None
    path = np.zeros(steps, np.int64)
    for step in range(steps - 1, -1, -1):
        path[step] = state
        state -= came[step, state]
    return np.array([np.flatnonzero(path == 2 * i + 1).mean() + 0.5 for i in range(len(text))])


def _quietest(image: np.ndarray, first: float, last: float) -> int:
    """The column between two characters in which the least is drawn."""
    low, high = int(first), max(int(first) + 1, int(last))
    ink = cv2.GaussianBlur(image[:, low:high].astype(np.float32).std(0)[None], (0, 0), 1.0)[0]
    # In the middle unless somewhere else is clearly emptier.
    away = np.abs(np.linspace(-1, 1, high - low))
    return low + int((ink + 4 * away + 40 * (away > 0.6)).argmin())


@torch.inference_mode()
def pieces_of(network: PlateReader, sample: Sample) -> tuple[Piece, Piece, Piece] | None:
    """The three groups of a photographed one-line plate; None where it has not three or they cannot be told
    apart safely."""
    found = GROUPS.fullmatch(sample.text)
    if not found or len(sample.lines) != 1:
        return None
    (x0, y0), (x1, y1) = sample.corners[0], sample.corners[2]
    crop = crop_of(Case("", "", "", sample.image, (x0, y0, x1, y1)))
    (line, *_), attention = network.look(torch.from_numpy(crop[None, None].astype(np.float32) / 255))
    lattice = torch.softmax(line, 2)
    places = align(lattice[0].numpy(), sample.text)
    slope = float(line_slope(attention[:, 0], lattice)[0])
    if places is None or abs(slope) > STEEPEST:
        return None
    width, height = x1 - x0, y1 - y0
    span_x, span_y = width * (1 + 2 * MARGIN), height * (1 + 2 * MARGIN)
    left = max(0.0, x0 - width * MARGIN)
    at = left + places / COLUMNS * min(span_x, sample.image.shape[1] - left)
    centre = (x0 + x1) / 2
    fall = slope * span_y / span_x
    level = cv2.warpAffine(
        sample.image,
        np.float32([[1, 0, 0], [-fall, 1, fall * centre]]),
        sample.image.shape[1::-1],
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    # A sloping plate's box is taller than the plate.
    inside = abs(fall) * width / 2
    y0, y1 = y0 + inside * 0.8, y1 - inside * 0.8
    ends = np.cumsum([len(g) for g in found.groups()])
    spacing = (
        np.median([b - a for i, (a, b) in enumerate(itertools.pairwise(at)) if i + 1 not in ends])
        if len(at) > 3
        else width / 8
    )
    first, second = ((at[end - 1], at[end]) for end in ends[:2])
    if min(first[1] - first[0], second[1] - second[0]) < NARROWEST_GAP * spacing or y1 - y0 < 10:
        return None
    reach = 0.3 * spacing
    middle = level[int(y0 + 0.15 * (y1 - y0)) : int(y0 + 0.7 * (y1 - y0))]
    cut1 = _quietest(middle, first[0] + reach, first[1] - reach)
    cut2 = _quietest(middle, second[0] + reach, second[1] - reach)
    h, w = level.shape
    top, bottom = max(0, int(y0 - ROOM * (y1 - y0))), min(h, int(y1 + ROOM * (y1 - y0)))
    far_left, far_right = max(0, int(x0 - ROOM * height)), min(w, int(x1 + ROOM * height))
    dark, light = np.percentile(level[int(y0) : int(y1), int(x0) : int(x1)], (4, 96))
    pieces = []
    edges = ((far_left, cut1), (cut1, cut2), (cut2, far_right))
    for index, (text, (start, end)) in enumerate(zip(found.groups(), edges)):
        own = at[ends[index] - len(text) : ends[index]]
        # Letters end where the gap begins, not where the next group does.
        inner = [_quietest(middle, a + 0.25 * spacing, b - 0.25 * spacing) for a, b in itertools.pairwise(own)]
        cuts = [max(start, int(own[0] - 0.6 * spacing)), *inner, min(end, int(own[-1] + 0.6 * spacing) + 1)]
        if end - start < 4 or any(b - a < 3 for a, b in itertools.pairwise(cuts)):
            return None
        outer = (x0 - far_left, 0, x1 - cut2)[index]
        pieces.append(
            Piece(
                level[top:bottom, start:end],
                text,
                tuple(c - start for c in cuts),
                y0 - top,
                y1 - top,
                outer,
                float(dark),
                float(light),
            )
        )
    return tuple(pieces)


def _brightness(sample: Sample) -> str:
    (x0, y0), (x1, y1) = sample.corners[0], sample.corners[2]
    inner = sample.image[int(y0) : int(y1), int(x0) : int(x1)]
    dark, middle, light = np.percentile(inner, (5, 50, 95))
    return "bright" if middle > (dark + light) / 2 else "dark"


def _evened(texts: list[str]) -> np.ndarray:
    counts = Counter(texts)
    weights = np.array([counts[text] ** -0.6 for text in texts])
    return weights / weights.sum()


@dataclass(frozen=True)
class Strip:
    """An upright strip of a levelled plate, as tall as the plate and what is kept around it."""

    image: np.ndarray
    plate: Piece

    def fitted(self, ground: Piece, above: int, height: float, rows: int) -> np.ndarray:
        """At the size and in the light of another plate."""
        scale = height / (self.plate.bottom - self.plate.top)
        size = max(1, round(self.image.shape[1] * scale)), max(1, round(self.image.shape[0] * scale))
        image = cv2.resize(self.image, size, interpolation=cv2.INTER_AREA if scale < 0.8 else cv2.INTER_LINEAR)
        first = max(0, round(self.plate.top * scale - above))
        gain = (ground.light - ground.dark) / max(20.0, self.plate.light - self.plate.dark)
        lit = (image[first : first + rows].astype(np.float32) - self.plate.dark) * gain + ground.dark
        return np.clip(np.pad(lit, ((0, rows - len(lit)), (0, 0)), mode="edge"), 0, 255)


class Remixer:
    """Draws plates whose groups and characters come from photographs of one set and one brightness of ground."""

    def __init__(self, network: PlateReader, samples: list[Sample]):
        self._plates: dict[tuple[str, str], list[tuple[Piece, Piece, Piece]]] = {}
        for sample in samples:
            pieces = pieces_of(network, sample)
            if pieces:
                self._plates.setdefault((sample.source, _brightness(sample)), []).append(pieces)
        self._plates = {kind: plates for kind, plates in self._plates.items() if len(plates) >= FEWEST}
        # Half of a set may begin with the same letter: the rarer a group's text, the likelier each of its pieces.
        self._weights = {
            kind: [_evened([plate[part].text for plate in plates]) for part in range(3)]
            for kind, plates in self._plates.items()
        }
        self._characters = {kind: _characters(plates) for kind, plates in self._plates.items()}

    def count(self) -> int:
        return sum(len(plates) for plates in self._plates.values())

    def take(self, source: str, country: int, rng: np.random.Generator) -> Sample | None:
        """A new plate in the manner of ``source``, or None where that set has too few."""
        kinds = [kind for kind in self._plates if kind[0] == source]
        if not kinds:
            return None
        sizes = np.array([len(self._plates[kind]) for kind in kinds], float)
        kind = kinds[int(rng.choice(len(kinds), p=sizes / sizes.sum()))]
        plates = self._plates[kind]
        chosen = [
            plates[int(rng.choice(len(plates), p=weights))][part] for part, weights in enumerate(self._weights[kind])
        ]
        ground = chosen[int(rng.integers(3))]
        height = ground.bottom - ground.top
        above, below = (
            min(limit) * height
            for limit in zip(
                *((p.top / (p.bottom - p.top), (len(p.image) - p.bottom) / (p.bottom - p.top)) for p in chosen)
            )
        )
        rows = int(above + height + below)
        swap = SWAPPED_CHARACTERS if rng.random() < SWAPPED_PLATES else 0.0
        text, strips = "", []
        for piece in chosen:
            group, parts = self._group(piece, self._characters[kind], swap, rng)
            text += group
            strips += [part.fitted(ground, int(above), height, rows) for part in parts]
        image = np.hstack(strips)
        seams = np.cumsum([strip.shape[1] for strip in strips])[:-1]
        smooth = cv2.blur(image, (3, 1))
        for seam in seams:
            image[:, seam - 1 : seam + 1] = smooth[:, seam - 1 : seam + 1]
        left = chosen[0].outer * height / (chosen[0].bottom - chosen[0].top)
        right = image.shape[1] - (chosen[2].image.shape[1] - chosen[2].outer) * height / (
            chosen[2].bottom - chosen[2].top
        )
        corners = np.array([[left, above], [right, above], [right, above + height], [left, above + height]], np.float32)
        return Sample(image.astype(np.uint8), corners, (text,), None, country, source)

    @staticmethod
    def _group(piece: Piece, characters: dict[str, list[Strip]], swap: float, rng) -> tuple[str, list[Strip]]:
        """The group's text and strips, some of its characters changed for others of their kind."""
        if not swap:
            return piece.text, [Strip(piece.image, piece)]
        text, strips = "", [Strip(piece.image[:, : piece.cuts[0]], piece)]
        for character, start, end in zip(piece.text, piece.cuts, piece.cuts[1:]):
            strip = Strip(piece.image[:, start:end], piece)
            if rng.random() < swap:
                others = [c for c in characters if c.isdigit() == character.isdigit()]
                character = others[int(rng.integers(len(others)))]
                strip = characters[character][int(rng.integers(len(characters[character])))]
            text += character
            strips.append(strip)
        strips.append(Strip(piece.image[:, piece.cuts[-1] :], piece))
        return text, [strip for strip in strips if strip.image.shape[1]]


def _characters(plates: list[tuple[Piece, Piece, Piece]]) -> dict[str, list[Strip]]:
    """Every character of the plates, by what it is."""
    found: dict[str, list[Strip]] = {}
    for piece in (piece for plate in plates for piece in plate):
        for character, start, end in zip(piece.text, piece.cuts, piece.cuts[1:]):
            found.setdefault(character, []).append(Strip(piece.image[:, start:end], piece))
    return found
