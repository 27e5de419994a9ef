"""Batches for the vehicle detector: single views and mosaics.

The batched twin of plateflow_training.detectors.vehicle_samples.
"""

import math

import numpy as np
import torch

from plateflow_training.detectors.photos import PLATE_CLASS, UNCERTAIN_CLASS, LabelledPhoto
from plateflow_training.detectors.vehicle_samples import BARRED_SHARE, LEAST_VISIBLE, MOSAIC_SHARE, SMALLEST_SIDE

from . import optics
from .draws import Draws
from .geometry import matrices, settled, window_matrix
from .optics import per_sample
from .shares import VEHICLE_SHARES
from .views import (
    Batch,
    PhotoShares,
    PhotoTable,
    gathered,
    labels_of,
    mosaic_views,
    pick_true,
    pixel_places,
    relit,
    rows_of,
)

CELLS = 4
TWO_CELLS_SHARE = 0.4
# Collections whose photos were stretched vary more in their aspect.
STRETCHED = ("galaxy", "oi_vehicles")
MOST_BARS = 3


class VehicleBatches:
    def __init__(self, photos: list[LabelledPhoto], device: torch.device):
        self.device = device
        self._table = PhotoTable(photos, device)
        self._shares = PhotoShares(photos, VEHICLE_SHARES)
        self._spread = torch.tensor([0.3 if p.collection in STRETCHED else 0.2 for p in photos], device=device)

    def draw(self, count: int, size: tuple[int, int], seed: int, step: int) -> Batch:
        draws = Draws(count, self.device, seed, step)
        chosen = self._shares.draw(count * CELLS, np.random.default_rng([seed, step]))
        photos = torch.from_numpy(chosen).to(self.device, non_blocking=True).view(count, CELLS)
        frames, cells = mosaic_cells(size, draws)
        matrix = self._matrices(photos, frames, Draws(count * CELLS, self.device, seed + 1, step))
        padded = draws.chance(0.85)
        pictures = mosaic_views(self._table.textures, photos, matrix, cells, size, padded)
        pictures = barred(relit(pictures, draws), draws)
        boxes, classes = self._table.boxes[photos].flatten(0, 1), self._table.classes[photos].flatten(0, 1)
        wanted = (classes >= 0) & (classes < PLATE_CLASS)
        labels = labels_of(
            boxes,
            classes,
            matrix.flatten(0, 1),
            frames.flatten(0, 1),
            LEAST_VISIBLE,
            SMALLEST_SIDE,
            wanted,
            classes == UNCERTAIN_CLASS,
        )
        return Batch(pictures / 255, *gathered(*(part.reshape(count, -1, *part.shape[2:]) for part in labels)))

    def _matrices(self, photos, frames, draws) -> torch.Tensor:
        """[N,CELLS,3,3] from photos to their cells of the view."""
        numbers, frame = photos.flatten(), frames.flatten(0, 1)
        extent = (frame[:, 2:] - frame[:, :2]).clamp(min=8).flip(1)
        window = self._windows(numbers, extent, draws)
        angle = draws.normal(0, 0.05) * draws.chance(0.4)
        shear = draws.normal(0, 0.06) * draws.chance(0.3)
        matrix = window_matrix(window, extent, angle, shear, draws.chance(0.5))
        shift = matrices((1.0, 0.0, frame[:, 0]), (0.0, 1.0, frame[:, 1]))
        return (shift @ matrix).view(*photos.shape, 3, 3)

    def _windows(self, numbers, size, draws) -> torch.Tensor:
        """Parts [N,4] of the photos: about the whole one, or around one vehicle, which may be cut by the edge."""
        photo_size = self._table.textures.size(numbers)
        height, width = photo_size.float().unbind(1)
        aspect = size[:, 1] / size[:, 0] * (draws.normal() * self._spread[numbers]).exp()
        contain, cover = torch.maximum(height, width / aspect), torch.minimum(height, width / aspect)
        zoom = draws.between(0.65, 1.45)
        whole_height = torch.where(draws.chance(0.5), contain, (contain * cover).sqrt()) * zoom
        whole_x = width * (0.5 + draws.uniform(-0.22, 0.22))
        whole_y = height * (0.5 + draws.uniform(-0.22, 0.22))
        classes = self._table.classes[numbers]
        index, some = pick_true((classes >= 0) & (classes < PLATE_CLASS), draws)
        x1, y1, x2, y2 = rows_of(self._table.boxes[numbers], index).unbind(1)
        near_height = torch.maximum(y2 - y1, (x2 - x1) / aspect) / draws.between(0.2, 1.25)
        near_height = torch.where(some, near_height, height * draws.uniform(0.4, 1.0)).clamp(min=72.0)
        near_x = torch.where(some, (x1 + x2) / 2, width * draws.uniform())
        near_y = torch.where(some, (y1 + y2) / 2, height * draws.uniform())
        near_x = near_x + draws.uniform(-0.42, 0.42) * near_height * aspect * some
        near_y = near_y + draws.uniform(-0.42, 0.42) * near_height * some
        whole = draws.chance(0.55)
        tall = torch.where(whole, whole_height, near_height)
        wide = tall * aspect
        x, y = torch.where(whole, whole_x, near_x), torch.where(whole, whole_y, near_y)
        return settled(torch.stack((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2), 1), photo_size)


def mosaic_cells(size: tuple[int, int], draws: Draws) -> tuple[torch.Tensor, torch.Tensor]:
    """Frames [N,CELLS,4] of the cells, empty ones without extent, and the cell [N,H,W] of every pixel.

    Two or four views in one picture after Bochkovskiy et al., YOLOv4, 2020.
    """
    height, width = size
    mosaic, two = draws.chance(MOSAIC_SHARE), draws.chance(TWO_CELLS_SHARE)
    full_x, full_y = torch.full_like(draws.uniform(), float(width)), torch.full_like(draws.uniform(), float(height))
    cut_x = torch.where(mosaic, (width * draws.uniform(0.3, 0.7)).floor(), full_x)
    cut_y = torch.where(mosaic & ~two, (height * draws.uniform(0.3, 0.7)).floor(), full_y)
    nil = torch.zeros_like(full_x)
    frames = (
        (nil, nil, cut_x, cut_y),
        (cut_x, nil, full_x, cut_y),
        (nil, cut_y, cut_x, full_y),
        (cut_x, cut_y, full_x, full_y),
    )
    x, y = pixel_places(size, draws.device)
    cells = (x >= cut_x.view(-1, 1, 1)).long() + 2 * (y >= cut_y.view(-1, 1, 1)).long()
    return torch.stack([torch.stack(frame, 1) for frame in frames], 1), cells


def barred(pictures: torch.Tensor, draws: Draws) -> torch.Tensor:
    """One to three posts or rails before some pictures; what they half hide is still there."""
    height, width = size = pictures.shape[2:]
    some, many = draws.chance(BARRED_SHARE), draws.integer(MOST_BARS) + 1
    for number in range(MOST_BARS):
        post = draws.chance(0.7)
        x = torch.where(post, draws.uniform(0, width), width / 2)
        y = torch.where(post, height / 2, draws.uniform(0.3, 1.0) * height)
        angle = torch.where(post, math.pi / 2, 0.0) + draws.normal(0, 0.12)
        thick = min(height, width) * draws.uniform(0.008, 0.045)
        far = optics.beyond_line(size, x, y, angle).unsqueeze(1)
        hidden = (per_sample(thick) + 0.5 - far).clamp(0, 1) * per_sample(some & (number < many))
        colour = draws.uniform(0, 255, 3).view(-1, 3, 1, 1)
        pictures = torch.lerp(pictures, colour.expand_as(pictures), hidden)
    return pictures
