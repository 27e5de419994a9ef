"""What both detectors' batches share: labelled photos on the device, views of them, and a cheap camera's light."""

import math
from dataclasses import dataclass

import numpy as np
import torch

from plateflow_training.detectors.photos import LabelledPhoto

from . import optics
from .draws import Draws
from .geometry import inverted, moved_boxes, visible
from .optics import per_sample
from .textures import Textures

MOST_BOXES = 64  # of a photo, and of what a network is asked for at once
MOST_REGIONS = 48
NOTHING = -9  # class of an empty row


@dataclass(frozen=True)
class Batch:
    """One step's input and what is to be found: the arguments of the detectors' loss."""

    images: torch.Tensor  # [N,3,H,W] RGB in 0..1
    boxes: torch.Tensor
    classes: torch.Tensor
    present: torch.Tensor
    ignored: torch.Tensor


class PhotoTable:
    """Photos with their boxes, one row of MOST_BOXES for each photo."""

    def __init__(self, photos: list[LabelledPhoto], device: torch.device):
        self.photos, self.device = photos, device
        self.textures = Textures([photo.pixels for photo in photos], device)
        boxes = np.zeros((len(photos), MOST_BOXES, 4), np.float32)
        classes = np.full((len(photos), MOST_BOXES), NOTHING, np.int64)
        for index, photo in enumerate(photos):
            count = min(MOST_BOXES, len(photo.boxes))
            boxes[index, :count], classes[index, :count] = photo.boxes[:count], photo.classes[:count]
        self.boxes, self.classes = torch.from_numpy(boxes).to(device), torch.from_numpy(classes).to(device)


class PhotoShares:
    """Photo numbers by the shares of their collections; drawn by the CPU."""

    def __init__(self, photos: list[LabelledPhoto], shares: dict[str, float]):
        by_collection: dict[str, list[int]] = {}
        for index, photo in enumerate(photos):
            if photo.collection in shares:
                by_collection.setdefault(photo.collection, []).append(index)
        total = sum(shares[name] for name in by_collection)
        self._numbers = np.concatenate([np.array(numbers) for numbers in by_collection.values()])
        self._weights = np.concatenate(
            [np.full(len(numbers), shares[name] / total / len(numbers)) for name, numbers in by_collection.items()]
        ).cumsum()

    def draw(self, count: int, rng: np.random.Generator) -> np.ndarray:
        return self._numbers[np.searchsorted(self._weights, rng.random(count) * self._weights[-1], side="right")]


def pick_true(mask: torch.Tensor, draws: Draws) -> tuple[torch.Tensor, torch.Tensor]:
    """The number of one true entry of each row [N,M], and whether there is any."""
    drawn = draws.uniform(0, 1, mask.shape[1]) + mask
    return drawn.argmax(1), mask.any(1)


def rows_of(table: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    """table [N,M,4] at index [N]."""
    return table.gather(1, index.view(-1, 1, 1).expand(-1, 1, table.shape[2])).squeeze(1)


def pixel_places(size: tuple[int, int], device) -> tuple[torch.Tensor, torch.Tensor]:
    """x [1,1,W] and y [1,H,1] of the middles of all pixels."""
    x = torch.arange(size[1], device=device, dtype=torch.float32) + 0.5
    y = torch.arange(size[0], device=device, dtype=torch.float32) + 0.5
    return x.view(1, 1, -1), y.view(1, -1, 1)


def shrink_of(matrix: torch.Tensor) -> torch.Tensor:
    """Pixels of the photo per pixel of the view [N] under affine transforms [N,3,3]."""
    area = (matrix[:, 0, 0] * matrix[:, 1, 1] - matrix[:, 0, 1] * matrix[:, 1, 0]).abs()
    return area.clamp(min=1e-6).rsqrt()


def mosaic_views(textures: Textures, photos, matrix, cells, size, padded) -> torch.Tensor:
    """Pixels [N,3,H,W] of views made of up to C cells.

    photos [N,C], matrix [N,C,3,3] from photo to view, cells [N,H,W] says to which cell a pixel belongs.
    """
    count, parts = photos.shape
    x, y = pixel_places(size, photos.device)
    flat = matrix.reshape(-1, 3, 3)
    facts = torch.cat((inverted(flat)[:, :2].flatten(1), shrink_of(flat)[:, None]), 1).view(count, parts, 7)
    where = cells.flatten(1)
    here = facts.gather(1, where.unsqueeze(-1).expand(-1, -1, 7)).view(count, *size, 7).unbind(-1)
    pictures = photos.gather(1, where).view(count, *size)
    source_x, source_y = here[0] * x + here[1] * y + here[2], here[3] * x + here[4] * y + here[5]
    return textures.sample(pictures, here[6], source_x, source_y, padded.view(-1, 1, 1)).transpose(0, 1)


def labels_of(boxes, classes, matrix, frame, least_visible: float, smallest: float, wanted, uncertain):
    """What a view shows of labelled boxes [N,M,4], as boxes, classes, kept ones and regions that teach nothing.

    `wanted` and `uncertain` are masks [N,M]; frame [N,4] is where the view lies. A box counts with `least_visible` of
    it in the frame and a side of `smallest` pixels; what is left of others is neither object nor background.
    """
    clipped, share = visible(moved_boxes(matrix, boxes), frame[:, None])
    sides = clipped[..., 2:] - clipped[..., :2]
    keep = wanted & (share >= least_visible) & (sides.amin(-1) >= smallest)
    regions = (wanted & (share > 0.02) & ~keep) | (uncertain & (share > 0))
    return clipped, classes, keep, regions


def gathered(clipped, classes, keep, regions) -> tuple[torch.Tensor, ...]:
    """The first MOST_BOXES kept rows and MOST_REGIONS regions of each sample, the rest empty."""
    present, index = keep.float().topk(min(MOST_BOXES, keep.shape[1]), 1)
    present = present > 0
    boxes = clipped.gather(1, index.unsqueeze(-1).expand(-1, -1, 4)) * present.unsqueeze(-1)
    kinds = classes.gather(1, index) * present
    there, index = regions.float().topk(min(MOST_REGIONS, regions.shape[1]), 1)
    ignored = clipped.gather(1, index.unsqueeze(-1).expand(-1, -1, 4)) * (there > 0).unsqueeze(-1)
    return boxes, kinds, present, ignored


def relit(pictures: torch.Tensor, draws: Draws) -> torch.Tensor:
    """Lighting, colour, blur, noise and compression, after plateflow_training.detectors.augment.relight."""
    size = pictures.shape[2:]

    def sometimes(probability, changed, picture):
        return torch.where(per_sample(draws.chance(probability)), changed, picture)

    pictures = sometimes(0.75, _lit(pictures, draws), pictures)
    grey = (0.299 * pictures[:, :1] + 0.587 * pictures[:, 1:2] + 0.114 * pictures[:, 2:]).expand_as(pictures)
    saturation = per_sample(torch.where(draws.chance(0.08), 0.0, draws.uniform(0.4, 1.5)))
    pictures = sometimes(0.28, torch.lerp(grey, pictures, saturation), pictures)
    lamp = optics.spots(size, draws, (0.02, 0.12), (0.02, 0.12)) * per_sample(draws.uniform(150, 400))
    pictures = sometimes(0.07, pictures + lamp, pictures)
    kind = draws.uniform()
    sigma = torch.where(kind < 0.12, draws.uniform(0.5, 1.6), 0.05)
    kernels = optics.gaussian_kernels(sigma)
    lines = optics.line_kernels(draws.uniform(3, 7), draws.uniform(0, math.pi))
    sharp = optics.sharpening_kernels(torch.ones_like(sigma), torch.full_like(sigma, 0.7))
    kind = kind.view(-1, 1, 1)
    kernels = torch.where((kind >= 0.12) & (kind < 0.20), lines, kernels)
    kernels = torch.where((kind >= 0.20) & (kind < 0.25), sharp, kernels)
    pictures = optics.filtered(pictures, kernels)
    pictures = optics.noisy(pictures, draws, draws.uniform(2, 10) * draws.chance(0.12)).clamp(0, 255)
    return sometimes(0.15, optics.compressed(pictures, draws.uniform(25, 80)), pictures)


def _lit(pictures, draws):
    """Gain, gamma, offset and colour cast."""
    gain = draws.normal(0, 0.18).exp() * torch.where(draws.chance(0.08), draws.uniform(0.2, 0.55), 1.0)
    unit = (pictures / 255).clamp(min=1e-4) ** per_sample(draws.normal(0, 0.22).exp())
    cast = draws.normal(0, 0.08, 3).exp().view(-1, 3, 1, 1)
    return ((unit * per_sample(gain) * cast + per_sample(draws.normal(0, 0.03))) * 255).clamp(0, 255)
