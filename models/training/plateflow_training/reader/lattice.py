"""Reading text off a CTC lattice without a grammar."""

import numpy as np

from .alphabet import ALPHABET, BLANK


def greedy(probabilities: np.ndarray, symbols: str = ALPHABET) -> str:
    """Best symbol per step, repeats merged, blanks dropped. ``probabilities`` is (steps, 1 + symbols)."""
    best = probabilities.argmax(1)
    text, before = [], BLANK
    for index in best:
        if index != before and index != BLANK:
            text.append(symbols[index - 1])
        before = index
    return "".join(text)


def greedy_plate(text: np.ndarray) -> str:
    """Both lines of a (2 * columns, symbols) lattice; a repeat across the line break is not merged."""
    half = text.shape[0] // 2
    return greedy(text[:half]) + greedy(text[half:])
