"""A prior over plate texts, and a beam search over the lattice that weighs it.

The search is the prefix beam search of Hannun et al. (2014). The grammar is applied to whole candidates: a text that
some country's pattern allows keeps its score, one that none allows pays a fixed price.
"""

import re

import numpy as np

from ..plates.indonesia import REGIONS
from .alphabet import ALPHABET, BLANK

PATTERNS = {
    "ID": re.compile(r"({})[1-9]\d{{0,3}}[A-Z]{{0,3}}".format("|".join(sorted(REGIONS, key=len, reverse=True)))),
    "US": re.compile(
        r"[A-Z]{3}\d{4}|\d[A-Z]{3}\d{3}|[A-Z]{2}\d[A-Z]\d[A-Z]|[A-Z]{3}\d{3}|\d{3}[A-Z]{3}|[A-Z]\d{6}|T\d{6}C|[A-Z]\d\d[A-Z]{3}|[A-Z]{2}\d{5}"
        r"|\d{5}[A-Z]{2}|[A-Z]{2}\d{4}|\d{7}"
    ),
    "EU": re.compile(
        r"[A-Z]{2}\d{3}[A-Z]{2}|\d{1,4}[A-Z]{2,3}\d{2}|[A-Z]{2}\d{3,4}[A-Z]{1,2}|\d[A-Z][A-Z0-9]\d{4}|[A-Z]{1,3}[A-Z]{1,2}\d{1,4}|[A-Z]{2}\d{4,6}"
        r"|\d{4}[A-Z]{3}|[A-Z]{1,2}\d{2,3}[A-Z]{3}|[A-Z]{2}\d\d[A-Z]{2}|\d\d[A-Z]{2}\d\d|[A-Z]{2}\d{4}|\d{4}[A-Z]{2}|\d{2}[A-Z]{3}\d|\d[A-Z]{3}\d{2,3}|[A-Z]{3}\d{4}"
    ),
    "GB": re.compile(r"[A-Z]{2}\d\d[A-Z]{3}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]"),
    "BR": re.compile(r"[A-Z]{3}\d[A-Z0-9]\d{2}"),
    "VN": re.compile(r"\d\d[A-Z]\d{4,6}|\d\d[A-Z]{2}\d{4,6}"),
}
ILLEGAL = 5.0  # nats


def beam(lattice: np.ndarray, width: int = 12, per_step: int = 8) -> list[tuple[str, float]]:
    """Texts of one line's lattice with their log-probability, best first."""
    beams = {"": (0.0, -np.inf)}  # prefix: log p ending in blank, ending in its last symbol
    logs = np.log(np.maximum(lattice, 1e-9))
    for step in logs:
        likely = np.argsort(step)[::-1][:per_step]
        new: dict[str, list[float]] = {}

        def add(text, blank, symbol, new=new):
            entry = new.setdefault(text, [-np.inf, -np.inf])
            entry[0] = np.logaddexp(entry[0], blank)
            entry[1] = np.logaddexp(entry[1], symbol)

        for text, (blank, symbol) in beams.items():
            both = np.logaddexp(blank, symbol)
            add(text, both + step[BLANK], -np.inf)
            if text:
                add(text, -np.inf, symbol + step[ALPHABET.index(text[-1]) + 1])
            for index in likely:
                if index == BLANK or step[index] < -9:
                    continue
                c = ALPHABET[index - 1]
                add(text + c, -np.inf, (blank if text and text[-1] == c else both) + step[index])
        ranked = sorted(new.items(), key=lambda item: -np.logaddexp(*item[1]))[:width]
        beams = {text: (entry[0], entry[1]) for text, entry in ranked}
    return [(text, float(np.logaddexp(*entry))) for text, entry in beams.items()]


def read(
    lattices: np.ndarray, countries: tuple[str, ...] = tuple(PATTERNS), illegal: float = ILLEGAL
) -> list[tuple[str, float]]:
    """Candidates of a plate from the lattices of its crops, best first: probabilities of a text are averaged,
    then comes the grammar."""
    half = lattices.shape[1] // 2
    candidates: dict[str, float] = {}
    for lattice in lattices:
        for first, p in beam(lattice[:half]):
            for second, q in beam(lattice[half:], width=6):
                text = first + second
                candidates[text] = np.logaddexp(candidates.get(text, -np.inf), p + q)
    ranked = [
        (text, score - np.log(len(lattices)) - (0 if any(PATTERNS[c].fullmatch(text) for c in countries) else illegal))
        for text, score in candidates.items()
    ]
    return sorted(ranked, key=lambda item: -item[1])
