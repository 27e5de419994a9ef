"""Alignment and mixing, tested with numbers."""

import re
import unittest

import pytest

pytest.importorskip("cv2")
pytest.importorskip("torch")

import numpy as np

from ..alphabet import ALPHABET, BLANK, COLUMNS, COUNTRIES
from ..remix import Piece, Remixer, _characters, align


def lattice(symbols):
    """What a reader says that sees `symbols` (column -> character) and is nearly sure."""
    seen = np.full((COLUMNS, len(ALPHABET) + 1), 1e-4)
    seen[:, BLANK] = 0.9
    for column, character in symbols.items():
        seen[column, BLANK], seen[column, ALPHABET.index(character) + 1] = 0.05, 0.9
    return seen


class AlignTest(unittest.TestCase):
    def test_every_character_stands_where_it_was_seen(self):
        places = align(lattice({4: "B", 5: "B", 20: "1", 40: "X"}), "B1X")
        np.testing.assert_allclose(places, [5.0, 20.5, 40.5])

    def test_repeated_characters_are_told_apart(self):
        places = align(lattice({10: "A", 30: "A"}), "AA")
        np.testing.assert_allclose(places, [10.5, 30.5])

    def test_a_misread_character_still_has_its_place(self):
        places = align(lattice({10: "B", 20: "7", 30: "X"}), "B1X")
        self.assertTrue(11 <= places[1] <= 30, places)

    def test_more_characters_than_columns_have_no_places(self):
        self.assertIsNone(align(lattice({}), "A" * (COLUMNS + 1)))


class RemixerTest(unittest.TestCase):
    def setUp(self):
        self.remixer = Remixer(None, [])

    def plates(self, *texts):
        rng = np.random.default_rng(2)
        kind = ("id_plates", "dark")
        made = []
        for groups in texts:
            made.append(
                tuple(
                    Piece(
                        rng.integers(0, 255, (40, 20 + 10 * len(text)), np.uint8),
                        text,
                        tuple(10 + 10 * k for k in range(len(text) + 1)),
                        5.0,
                        35.0,
                        (8.0, 0.0, 12.0 + 10 * len(text))[i],
                        10.0,
                        240.0,
                    )
                    for i, text in enumerate(groups)
                )
            )
        self.remixer._plates = {kind: made}
        self.remixer._weights = {kind: [np.full(len(made), 1 / len(made))] * 3}
        self.remixer._characters = {kind: _characters(made)}

    def test_groups_of_different_plates_make_one_text(self):
        self.plates(("B", "12", "XY"), ("DK", "345", "Z"))
        texts = {
            self.remixer.take("id_plates", COUNTRIES.index("ID"), np.random.default_rng(seed)).text
            for seed in range(150)
        }
        self.assertLessEqual({a + b + c for a in ("B", "DK") for b in ("12", "345") for c in ("XY", "Z")}, texts)

    def test_a_character_gives_way_to_one_of_its_kind(self):
        self.plates(("B", "12", "XY"))
        texts = {self.remixer.take("id_plates", 0, np.random.default_rng(seed)).text for seed in range(200)}
        self.assertTrue(all(re.fullmatch("[BXY][12]{2}[BXY]{2}", text) for text in texts), texts)
        self.assertGreater(len(texts), 20)

    def test_the_box_encloses_the_plate(self):
        self.plates(("B", "12", "XY"))
        sample = self.remixer.take("id_plates", 0, np.random.default_rng(1))
        height, width = sample.image.shape
        (left, top), (right, bottom) = sample.corners[0], sample.corners[2]
        self.assertEqual((left, bottom - top), (8.0, 30.0))
        self.assertTrue(left < right <= width and top < bottom <= height)

    def test_a_set_with_too_few_plates_is_left_alone(self):
        self.assertIsNone(self.remixer.take("us_ocr", 1, np.random.default_rng(1)))


if __name__ == "__main__":
    unittest.main()
