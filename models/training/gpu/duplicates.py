"""Finds pictures that show the same by a perceptual hash: where a small grey copy grows brighter to the right."""

import cv2
import numpy as np

SIDE = 16  # of the small copy; the hash has SIDE * SIDE bits
SAME = 20  # bits by which hashes of one picture may differ after another compression or size


def fingerprint(picture: np.ndarray) -> np.ndarray:
    """The hash as 32 bytes."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (SIDE + 1, SIDE), interpolation=cv2.INTER_AREA).astype(np.int16)
    return np.packbits(small[:, 1:] > small[:, :-1])


class SeenPictures:
    """Fingerprints of pictures; a mirrored one counts as the same."""

    def __init__(self):
        self._known = np.zeros((0, SIDE * SIDE // 8), np.uint8)

    def add(self, picture: np.ndarray):
        self._known = np.concatenate((self._known, fingerprint(picture)[None]))

    def has(self, picture: np.ndarray) -> bool:
        mirrored = np.ascontiguousarray(picture[:, ::-1])
        return any(self._nearest(fingerprint(each)) <= SAME for each in (picture, mirrored))

    def _nearest(self, found: np.ndarray) -> int:
        if not len(self._known):
            return SIDE * SIDE
        return int(np.bitwise_count(self._known ^ found).sum(1).min())
