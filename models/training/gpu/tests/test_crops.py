"""The readers' batches: targets stand where the letters are, and optics do what their numbers say."""

import pytest

pytest.importorskip("cv2")
torch = pytest.importorskip("torch")

import numpy as np

from gpu import optics
from gpu.crops import CropBatches, column_targets, level_matrix
from gpu.networks import sample_weights
from gpu.textures import Textures
from plateflow_training.reader import batches as reader_batches
from plateflow_training.reader.levelling import level_mapping
from plateflow_training.reader.loss import guidance, losses
from plateflow_training.reader.network import PlateReader
from plateflow_training.reader.samples import Sample, drawn_plate

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def batches():
    samples = [
        drawn_plate(np.random.default_rng(seed), country=country)
        for seed, country in enumerate(("ID", "US", "VN", "EU"))
    ]
    return CropBatches(samples, Textures([np.full((80, 120), 90, np.uint8)], CPU), 192, False, CPU)


def test_a_batch_is_what_the_losses_want(batches):
    batch = batches.draw(np.array([0, 1, 2, 3, 0, 1]), 0.5, 3, 1)
    assert batch["image"].shape == (6, 1, 64, 192)
    assert 0 <= float(batch["image"].min()) <= float(batch["image"].max()) <= 1
    outputs, attention = PlateReader().look(batch["image"])
    loss = losses(outputs, batch) + guidance(outputs, attention, batch)
    loss.backward()
    assert torch.isfinite(loss)


def test_the_same_step_draws_the_same(batches):
    chosen = np.array([0, 1, 2])
    first, again, later = (batches.draw(chosen, 0.5, 3, step)["image"] for step in (5, 5, 6))
    assert torch.equal(first, again)
    assert not torch.equal(first, later)


def test_symbols_stand_in_the_columns_where_the_cpu_training_puts_them(batches):
    mapping = torch.tensor([[[0.006, 0.0004, -0.02], [0.0006, 0.015, 0.05], [0.0001, 0.0, 1.0]]])
    for index in range(4):
        sample = drawn_plate(np.random.default_rng(index), country=("ID", "US", "VN", "EU")[index])
        symbols, heights = column_targets(batches.lesson.places[index : index + 1], mapping, 48)
        expected_symbols, expected_heights = reader_batches.column_targets(sample, mapping[0].numpy(), 48)
        assert symbols[0].any()
        np.testing.assert_array_equal(symbols[0].numpy(), expected_symbols)
        np.testing.assert_allclose(heights[0].numpy(), expected_heights, atol=1e-4)


def test_levelling_moves_points_as_in_use():
    for slope in (-0.5, 0.0, 0.3):
        np.testing.assert_allclose(level_matrix(torch.tensor([slope]))[0].numpy(), level_mapping(slope), atol=1e-6)


def test_bright_letters_stand_where_the_targets_say(batches):
    """Over many clear crops, target columns are where the strokes are: more contrast there than beside them."""
    batch = batches.draw(np.zeros(48, np.int64), 1.0, 3, 4)
    columns = batch["image"][:, 0].unflatten(2, (48, 4)).std((1, 3))
    there = (batch["columns"] > 0).any(1)
    assert columns[there].mean() > 1.15 * columns[:, :2].mean()


def test_compression_loses_more_the_lower_its_quality():
    y, x = torch.meshgrid(torch.arange(32.0), torch.arange(48.0), indexing="ij")
    picture = (128 + 60 * torch.sin(x / 3) * torch.cos(y / 4))[None, None].expand(3, 1, 32, 48)
    lost = (optics.compressed(picture, torch.tensor([98.0, 60.0, 15.0])) - picture).abs().mean((1, 2, 3))
    assert lost[0] < 1.0
    assert lost[0] < lost[1] < lost[2]


def test_kernels_keep_brightness_and_leave_a_picture_alone_where_they_should():
    picture = torch.rand(2, 3, 20, 24) * 255
    assert torch.allclose(optics.blurred(picture, torch.tensor([0.0, 0.0])), picture, atol=0.1)
    flat = torch.full((2, 1, 20, 24), 77.0)
    for kernels in (
        optics.gaussian_kernels(torch.tensor([0.6, 2.0])),
        optics.line_kernels(torch.tensor([3.0, 6.0]), torch.tensor([0.3, 1.4])),
        optics.sharpening_kernels(torch.tensor([1.0, 1.0]), torch.tensor([0.5, 2.0])),
    ):
        assert torch.allclose(optics.filtered(flat, kernels), flat, atol=1e-2)


def test_sources_come_by_their_shares():
    def sample(source, drawn=False):
        return Sample(np.zeros((2, 2), np.uint8), np.zeros((4, 2)), ("A",), None, 0, source, drawn=drawn)

    photographs = [sample("id_plates")] * 3 + [sample("us_ocr")] * 2
    made = [sample("id_plates")] * 10 + [sample("drawn", drawn=True)] * 5
    weights = sample_weights([*photographs, *made], 5, 0.5)
    assert weights.sum() == pytest.approx(1)
    assert weights[15:].sum() == pytest.approx(0.5)
    # 0.36 and 0.10 are the shares of the two sets; 0.65 of what can be mixed is.
    assert weights[5:15].sum() == pytest.approx(0.5 * 0.36 / 0.46 * 0.65)
    assert weights[3:5].sum() == pytest.approx(0.5 * 0.10 / 0.46)
