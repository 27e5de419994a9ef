"""Boxes move with the pixels: what is drawn into a photo is found in the view where its box says."""

import pytest

pytest.importorskip("cv2")
torch = pytest.importorskip("torch")

import cv2
import numpy as np

from gpu.draws import Draws
from gpu.geometry import homography, inverted, moved, window_matrix
from gpu.plates import PlateBatches
from gpu.textures import Textures
from gpu.vehicles import VehicleBatches, mosaic_cells
from gpu.views import Batch, PhotoShares, mosaic_views
from plateflow_training.detectors.augment import window_transform
from plateflow_training.detectors.photos import LabelledPhoto

CPU = torch.device("cpu")


def photo(box, kind, collection):
    pixels = np.full((200, 300, 3), 30, np.uint8)
    x1, y1, x2, y2 = box
    pixels[y1:y2, x1:x2] = (40, 220, 40)
    return LabelledPhoto("p", collection, pixels, np.array([box], np.float32), np.array([kind]))


def green_box(image):
    """Where the green thing is in [3,H,W], or None."""
    red, green, blue = image
    inside = (green > 1.5 * red + 0.02) & (green > 1.5 * blue + 0.02)
    ys, xs = torch.nonzero(inside, as_tuple=True)
    return (int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1) if len(xs) > 30 else None


def test_a_window_goes_where_the_cpu_training_puts_it():
    for angle, shear, mirror in ((0.0, 0.0, False), (0.2, -0.1, True)):
        theirs = window_transform((20, 30, 220, 130), (128, 192), angle, shear, mirror)
        ours = window_matrix(
            torch.tensor([[20.0, 30, 220, 130]]),
            torch.tensor([[128.0, 192.0]]),
            torch.tensor([angle]),
            torch.tensor([shear]),
            torch.tensor([mirror]),
        )
        np.testing.assert_allclose(ours[0, :2].numpy(), theirs, atol=1e-3)
        np.testing.assert_allclose((inverted(ours) @ ours)[0].numpy(), np.eye(3), atol=1e-4)


def test_a_homography_brings_corners_onto_corners():
    source = torch.tensor([[[0.0, 0], [10, 0], [10, 4], [0, 4]]])
    target = torch.tensor([[[1.0, 2], [30, 5], [28, 20], [3, 16]]])
    x, y = moved(homography(source, target), source[..., 0], source[..., 1])
    np.testing.assert_allclose(torch.stack((x, y), -1).numpy(), target.numpy(), atol=1e-3)


def test_textures_sample_like_opencv():
    picture = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8), (0, 0), 2)
    matrix = np.float32([[1.3, 0.2, -5], [-0.1, 1.2, 4]])
    theirs = cv2.warpAffine(picture, matrix, (70, 50), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    # OpenCV counts from the middles of pixels.
    matrix[:, 2] += 0.5 - matrix[:, :2].sum(1) * 0.5
    full = torch.eye(3)[None].clone()
    full[0, :2] = torch.from_numpy(matrix)
    textures = Textures([np.zeros((5, 5, 3), np.uint8), picture], CPU)
    cells = torch.zeros(1, 50, 70, dtype=torch.long)
    ours = mosaic_views(textures, torch.tensor([[1]]), full[:, None], cells, (50, 70), torch.tensor([False]))
    np.testing.assert_allclose(ours[0].flip(0).permute(1, 2, 0).numpy(), theirs, atol=3)


def check(batch: Batch, least: int):
    checked = 0
    for image, boxes, present, ignored in zip(batch.images, batch.boxes, batch.present, batch.ignored):
        found = green_box(image)
        if found is None or int(present.sum()) != 1 or ignored.any():
            continue
        box = boxes[present][0].tolist()
        # Turned boxes are a little larger than what they hold.
        assert all(abs(a - b) <= 0.18 * max(box[2] - box[0], box[3] - box[1]) + 4 for a, b in zip(box, found)), (
            box,
            found,
        )
        checked += 1
    assert checked >= least


def test_vehicle_boxes_move_with_the_pixels(monkeypatch):
    monkeypatch.setattr("gpu.vehicles.barred", lambda pictures, draws: pictures)
    monkeypatch.setattr("gpu.vehicles.relit", lambda pictures, draws: pictures)
    monkeypatch.setattr("gpu.vehicles.MOSAIC_SHARE", 0.0)
    batches = VehicleBatches([photo((100, 60, 180, 150), 0, "id_vehicles")], CPU)
    check(batches.draw(32, (128, 192), 3, 1), 12)


def test_plate_boxes_move_with_the_pixels(monkeypatch):
    monkeypatch.setattr("gpu.plates.relit", lambda pictures, draws: pictures)
    batches = PlateBatches(
        [photo((120, 90, 180, 112), 4, "galaxy")], [np.full((30, 90, 3), (20, 230, 20), np.uint8)], CPU
    )
    batch = batches.draw(32, (128, 160), 3, 1)
    check(batch, 10)
    assert set(batch.classes[batch.present].tolist()) == {0}


def test_every_pixel_lies_in_the_frame_of_its_cell():
    frames, cells = mosaic_cells((64, 96), Draws(40, CPU, 1, 1))
    for sample in range(40):
        for cell in cells[sample].unique().tolist():
            ys, xs = torch.nonzero(cells[sample] == cell, as_tuple=True)
            x1, y1, x2, y2 = frames[sample, cell].tolist()
            assert (int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1) == (x1, y1, x2, y2)


def test_the_same_step_draws_the_same_and_another_one_does_not():
    batches = VehicleBatches([photo((100, 60, 180, 150), 0, "id_vehicles"), photo((9, 9, 90, 90), 3, "galaxy")], CPU)
    first, again, later = (batches.draw(4, (64, 96), 3, step).images for step in (7, 7, 8))
    assert torch.equal(first, again)
    assert not torch.equal(first, later)


def test_collections_are_drawn_by_their_shares():
    photos = [photo((1, 1, 20, 20), 0, "galaxy")] + [photo((1, 1, 20, 20), 0, "id_vehicles")] * 9
    drawn = PhotoShares(photos, {"galaxy": 0.75, "id_vehicles": 0.25}).draw(4000, np.random.default_rng(1))
    assert abs((drawn == 0).mean() - 0.75) < 0.04
