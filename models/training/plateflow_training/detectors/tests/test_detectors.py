"""Geometry, assignment and decoding, tested with numbers."""

import tempfile
import unittest
from pathlib import Path

import pytest

pytest.importorskip("cv2")
pytest.importorskip("onnxruntime")
pytest.importorskip("torch")

import numpy as np
import onnxruntime
import torch

from ..augment import Sample, clip_boxes, moved_boxes, settled_window, window_transform
from ..efficient_lite import EfficientLite0
from ..evaluation import Tally
from ..inference import OnnxDetector, letterbox, suppress
from ..loss import assign, detection_loss, overlap
from ..network import FIRST_BIN, SIDE_BINS, Detector, DetectorShape, expected_sides, grid_points
from ..onnx_export import ExportedDetector, export
from ..trainer import StepBatches, TrainingPlan

TINY = DetectorShape(classes=2, stem=8, channels=(8, 8, 16, 16), depths=(1, 1, 1, 1), neck=8, head=8)


def pictures(side):
    """Four inputs of noise, for calibration."""
    random = np.random.default_rng(1)
    return (random.random((1, 3, side, side), np.float32) for _ in range(4))


class GeometryTest(unittest.TestCase):
    def test_window_lands_on_the_whole_picture(self):
        transform = window_transform((10, 20, 110, 70), (100, 200))
        moved = moved_boxes(transform, np.array([[10, 20, 110, 70], [35, 45, 60, 70]], np.float32))
        np.testing.assert_allclose(moved, [[0, 0, 200, 100], [50, 50, 100, 100]], atol=1e-4)

    def test_mirrored_window_swaps_left_and_right(self):
        transform = window_transform((0, 0, 100, 100), (100, 100), mirror=True)
        np.testing.assert_allclose(
            moved_boxes(transform, np.array([[10, 0, 30, 50]], np.float32)), [[70, 0, 90, 50]], atol=1e-4
        )

    def test_boxes_are_cut_at_the_frame(self):
        clipped, visible = clip_boxes(np.array([[-50, 0, 50, 100], [200, 0, 300, 10]], np.float32), (100, 100))
        np.testing.assert_allclose(clipped[0], [0, 0, 50, 100])
        np.testing.assert_allclose(visible, [0.5, 0.0])

    def test_windows_come_to_lie_inside_the_photo(self):
        self.assertEqual(settled_window((-80, -10, 20, 40), (200, 300)), (0, 0, 100, 50))

    def test_letterbox_keeps_the_aspect_and_pads_to_the_stride(self):
        tensor, scale, left, top = letterbox(np.full((720, 1280, 3), 255, np.uint8), 416, 32)
        self.assertEqual(tensor.shape, (1, 3, 256, 416))
        self.assertAlmostEqual(scale, 0.325)
        self.assertEqual((left, top), (0, 11))
        self.assertEqual(tensor[0, 0, 128, 200], 1.0)

    def test_suppression_keeps_the_better_of_two(self):
        boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [30, 0, 40, 10]], np.float32)
        self.assertEqual(suppress(boxes, np.array([0.5, 0.9, 0.1]), 0.5).tolist(), [1, 2])
        self.assertEqual(suppress(np.zeros((0, 4)), np.zeros(0), 0.5).tolist(), [])


class AssignmentTest(unittest.TestCase):
    def test_points_of_the_fitting_level_and_class_are_taught(self):
        centres, strides = grid_points(128, 128)
        box = torch.tensor([[[44.0, 44, 84, 84]]])
        scores = torch.full((1, len(centres), 2), 0.1)
        targets, _owner, positive = assign(
            scores, box.expand(1, len(centres), 4), centres, strides, box, torch.tensor([[1]]), torch.tensor([[True]])
        )
        best = targets[0, :, 1].argmax()
        self.assertEqual(strides[best].item(), 8)
        self.assertAlmostEqual(targets[0, best, 1].item(), 1.0, places=4)
        self.assertEqual(targets[0, :, 0].max().item(), 0)
        self.assertTrue((overlap(box[0].expand(len(centres), 4)[positive[0]], box[0]) > 0.99).all())

    def test_absent_objects_take_no_point(self):
        centres, strides = grid_points(64, 64)
        nothing = torch.zeros(1, 1, 4)
        targets, _, positive = assign(
            torch.full((1, len(centres), 2), 0.1),
            nothing.expand(1, len(centres), 4),
            centres,
            strides,
            nothing,
            torch.tensor([[0]]),
            torch.tensor([[False]]),
        )
        self.assertFalse(positive.any())
        self.assertEqual(targets.sum().item(), 0)

    def test_ignored_regions_cost_nothing(self):
        logits = torch.zeros(1, 2, len(grid_points(64, 64)[0]))
        sides = torch.zeros(1, 4 * SIDE_BINS, logits.shape[2])
        none, absent = torch.zeros(1, 1, 4), torch.tensor([[False]])
        whole = torch.tensor([[[-1.0, -1, 65, 65]]])
        loss, _ = detection_loss(logits, sides, (64, 64), none, torch.tensor([[0]]), absent, whole)
        self.assertEqual(loss.item(), 0)
        loss, _ = detection_loss(logits, sides, (64, 64), none, torch.tensor([[0]]), absent, none)
        self.assertGreater(loss.item(), 0)

    def test_a_certain_bin_is_its_distance(self):
        logits = torch.full((1, 4 * SIDE_BINS, 1), -50.0)
        for side, bin_number in enumerate((1, 2, 3, 4)):
            logits[0, side * SIDE_BINS + bin_number] = 50
        np.testing.assert_allclose(expected_sides(logits)[0, 0], np.array([1, 2, 3, 4]) + FIRST_BIN, atol=1e-4)


class OneBox:
    def draw(self, size, random):
        pixels = random.integers(0, 255, (*size, 3)).astype(np.uint8)
        return Sample(pixels, np.array([[4, 4, 40, 40]], np.float32), np.array([1]), np.zeros((0, 4), np.float32))


class TrainingTest(unittest.TestCase):
    def test_a_step_draws_the_same_batch_again(self):
        plan = TrainingPlan(
            samples=64, batch_size=2, learning_rate=1e-3, seed=3, sizes=((64, 96), (96, 64)), size_shares=(0.5, 0.5)
        )
        first, again = StepBatches(OneBox(), plan)[5], StepBatches(OneBox(), plan)[5]
        self.assertTrue(torch.equal(first[0], again[0]))
        self.assertFalse(torch.equal(first[0], StepBatches(OneBox(), plan)[6][0]))

    def test_the_exported_file_speaks_for_itself(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tiny.onnx"
            export(Detector(TINY), {0: "car", 1: "bus"}, 64, "tiny", path, pictures(64))
            detector = OnnxDetector(path)
            self.assertEqual((detector.names, detector.stride, detector.image_size), ({0: "car", 1: "bus"}, 32, 64))
            boxes, scores, classes = detector.detect(np.zeros((48, 80, 3), np.uint8), 0.9)
            self.assertEqual((len(boxes), len(scores), len(classes)), (0, 0, 0))


class PretrainableBackboneTest(unittest.TestCase):
    SHAPE = DetectorShape(classes=4, neck=16, head=16, backbone="efficient-lite0")

    def test_levels_have_the_grid_of_the_points(self):
        logits, sides = Detector(self.SHAPE).eval()(torch.zeros(1, 3, 64, 96))
        self.assertEqual(logits.shape[2], len(grid_points(64, 96)[0]))
        self.assertEqual(sides.shape, (1, 4 * SIDE_BINS, logits.shape[2]))

    def test_an_uneven_padding_goes_behind(self):
        stem = EfficientLite0().stem
        self.assertEqual(stem.pad.padding, (0, 1, 0, 1))

    def test_the_exported_file_holds_bytes_and_says_nearly_the_same(self):
        torch.manual_seed(4)
        detector = Detector(self.SHAPE).eval()
        # Larger than what it was calibrated on: no coordinate may end where those pictures did.
        picture = next(pictures(128))
        with torch.no_grad(), tempfile.TemporaryDirectory() as folder:
            expected = ExportedDetector(detector)(torch.from_numpy(picture)).numpy()
            path = Path(folder) / "vehicle.onnx"
            export(detector, {0: "car"}, 64, "test", path, pictures(64))
            self.assertLess(path.stat().st_size, 4_500_000)
            said = onnxruntime.InferenceSession(str(path)).run(None, {"images": picture})[0]
        # A bin of a side is a stride wide; rounding must stay far below it.
        self.assertLess(np.abs(said[:, :4] - expected[:, :4]).max(), 2.0)


class TallyTest(unittest.TestCase):
    def test_found_missed_and_extra_are_counted(self):
        tally = Tally(confidence=0.3)
        wrong = tally.add(
            np.array([[0, 0, 10, 10], [50, 50, 60, 60], [80, 80, 90, 90]]),
            np.array([0.9, 0.8, 0.1]),
            np.array([0, 1, 0]),
            np.array([[0, 0, 10, 10], [80, 80, 90, 90]]),
            np.array([0, 0]),
        )
        self.assertEqual(wrong, {1})
        self.assertEqual((tally.labels, tally.found, tally.extra), (2, 1, 1))
        self.assertAlmostEqual(tally.average_precision(), 0.5 + 0.5 * 2 / 3)


if __name__ == "__main__":
    unittest.main()
