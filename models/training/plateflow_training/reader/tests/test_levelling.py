"""What levelling promises: a sloping line lies level, and the mapping says where points went."""

import unittest

import pytest

pytest.importorskip("cv2")
pytest.importorskip("torch")

import cv2
import numpy as np

from ..levelling import level, level_mapping


def bar(slope, width=150, height=60):
    """A white bar through the middle that rises by ``slope`` heights over the width."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    middle = height * (0.5 + slope * (x / width - 0.5))
    return np.where(np.abs(y - middle) < height * 0.08, 255, 0).astype(np.uint8)


class LevellingTest(unittest.TestCase):
    def test_a_sloping_line_lies_level(self):
        for slope in (-0.6, -0.2, 0.0, 0.35):
            crop = level(bar(slope), slope, 192, cv2.INTER_LINEAR).astype(float)
            middles = (crop * np.arange(0.5, 64)[:, None]).sum(0) / crop.sum(0)
            self.assertEqual(crop.shape, (64, 192))
            np.testing.assert_allclose(middles, 32, atol=1.5)

    def test_the_mapping_says_where_points_went(self):
        crop = np.zeros((60, 150), np.uint8)
        cv2.circle(crop, (112, 34), 2, 255, -1)
        levelled = level(crop, 0.3, 192, cv2.INTER_LINEAR).astype(float)
        y, x = np.unravel_index(levelled.argmax(), levelled.shape)
        u, v, _ = level_mapping(0.3) @ np.array([112.5 / 150, 34.5 / 60, 1])
        self.assertAlmostEqual(u * 192, x + 0.5, delta=3)
        self.assertAlmostEqual(v * 64, y + 0.5, delta=4)
