"""Endless batches of photographed plates, made beside the training by worker processes."""

from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from . import degrade
from .alphabet import ALPHABET, COLUMN_WIDTH, INPUT_WIDTH
from .levelling import level_mapping
from .network import STEEPEST
from .remix import Remixer
from .samples import DrawnPlates, Sample, load_backgrounds, targets

# Share of each source in what the reader sees; the drawn plates have shares of their own (plates.catalogue).
PHOTO_SHARES = {
    "id_plates": 0.36,
    "id_photos": 0.17,
    "id_vehicles": 0.12,
    "vneu_ocr": 0.08,
    "us_ocr": 0.10,
    "eu_ocr": 0.09,
    "galaxy": 0.01,
    "mix433": 0.06,
    "ro_dashcam": 0.03,
    "oi_vehicles": 0.03,
    "id_kg_ocr": 0.15,
    "id_moto": 0.02,
    "in_photos": 0.03,
    "mix433_ocr": 0.02,
}
# Of the plates of sets that can be mixed, so many are mixed.
REMIXED_SHARE = 0.65
UNSEEN_SLOPES = 0.08


def photographed(
    sample: Sample,
    rng: np.random.Generator,
    backgrounds: list[np.ndarray],
    easy_share: float = 0.25,
    tilt: float = 1.0,
    clear_height: float = 30.0,
    width: int = INPUT_WIDTH,
    levelled: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """One crop as the reader would get it, (64, width) uint8, and the mapping of the sample's pixels into it (0..1).

    A second reader gets it levelled, about as well as the first one sees slopes.
    """
    x0, y0 = sample.corners[0]
    x1, y1 = sample.corners[2]
    aspect = (x1 - x0) / max(1.0, y1 - y0)
    easy = rng.random() < easy_share
    margins = degrade.crop_margins(rng)
    if sample.drawn:
        quad = degrade.tilted_quad(aspect, rng, tilt)
        background = backgrounds[int(rng.integers(len(backgrounds)))] if rng.random() < 0.9 else None
        size = degrade.native_size(quad, margins, rng, lowest=clear_height if easy else 15.0)
        strength = 0.4 if easy else 1.0
    else:
        # Photos are tilted already; their box was drawn around the tilted plate.
        quad = degrade.tilted_quad(aspect, rng, strength=float(rng.choice([0.0, 0.45, 0.9], p=[0.2, 0.5, 0.3])))
        whole = sample.image.shape[1] <= (x1 - x0) + 1
        background = backgrounds[int(rng.integers(len(backgrounds)))] if whole and rng.random() < 0.5 else None
        tall = float(np.clip((y1 - y0) * 1.2, 18, 90))
        size = degrade.native_size(quad, margins, rng, lowest=min(tall * 0.7, 30.0) if easy else 15.0, tallest=tall)
        strength = 0.3 if easy else 0.7
    crop, mapping = degrade.warp_into(sample.image, sample.corners, quad, margins, size, background)
    slope = _seen_slope(sample, mapping, rng) if levelled else 0.0
    return degrade.to_input(degrade.photograph(crop, rng, strength), rng, width, slope), level_mapping(slope) @ mapping


def _seen_slope(sample: Sample, mapping: np.ndarray, rng: np.random.Generator) -> float:
    """The slope of the text in the crop, as somebody sees it who may be mistaken and sometimes sees nothing."""
    if rng.random() < UNSEEN_SLOPES:
        return 0.0
    (left, top), (right, bottom) = cv2.perspectiveTransform(sample.line[None], mapping.astype(np.float32))[0]
    slope = (bottom - top) / max(right - left, 0.1)
    return float(np.clip(slope * rng.normal(1, 0.08) + rng.normal(0, 0.02), -STEEPEST, STEEPEST))


def column_targets(sample: Sample, mapping: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """For a drawn plate: the symbol of every column of the three streams (0 between characters), and its height in
    0..1.

    CTC would find these alignments by itself, but needs a long time in the dark first.
    """
    symbols, heights = np.zeros((3, columns), np.int64), np.full((3, columns), -1.0, np.float32)
    for place in sample.places:
        points = np.array([[[place.left, place.middle], [place.right, place.middle]]], np.float32)
        (left, y0), (right, y1) = cv2.perspectiveTransform(points, mapping.astype(np.float32))[0]
        centre, half = (left + right) / 2 * columns, max(0.5, (right - left) * columns * 0.16)
        first, last = max(0, int(np.ceil(centre - half - 0.5))), min(columns - 1, int(np.floor(centre + half - 0.5)))
        symbols[place.row, first : last + 1] = ALPHABET.index(place.character) + 1
        heights[place.row, first : last + 1] = (y0 + y1) / 2
    return symbols, heights


class PlateStream(IterableDataset):
    def __init__(
        self,
        photographs: list[Sample],
        data: Path,
        seed: int,
        batch: int,
        drawn_share: float,
        pool: int,
        remixer: Remixer | None = None,
        width: int = INPUT_WIDTH,
        levelled: bool = False,
    ):
        self._photographs, self._data, self._seed, self._remixer = photographs, data, seed, remixer
        self._batch, self._drawn_share, self._pool, self._width, self._levelled = (
            batch,
            drawn_share,
            pool,
            width,
            levelled,
        )
        # Clear plates first: CTC finds no alignment in noise. Shared memory, because workers are processes.
        self.easy_share = torch.ones(1).share_memory_()

    def __iter__(self):
        worker = get_worker_info()
        rng = np.random.default_rng([self._seed, worker.id if worker else 0])
        cv2.setNumThreads(1)
        backgrounds = load_backgrounds(self._data, rng)
        drawn = DrawnPlates(rng, self._pool)
        by_source: dict[str, list[Sample]] = {}
        for sample in self._photographs:
            by_source.setdefault(sample.source, []).append(sample)
        names = list(by_source)
        shares = np.array([PHOTO_SHARES[name] for name in names])
        shares /= shares.sum()
        while True:
            chosen = []
            for _ in range(self._batch):
                if rng.random() < self._drawn_share:
                    chosen.append(drawn.take())
                else:
                    pool = by_source[names[int(rng.choice(len(names), p=shares))]]
                    sample = pool[int(rng.integers(len(pool)))]
                    if self._remixer and rng.random() < REMIXED_SHARE:
                        sample = self._remixer.take(sample.source, sample.country, rng) or sample
                    chosen.append(sample)
            made = [
                photographed(
                    sample, rng, backgrounds, float(self.easy_share), width=self._width, levelled=self._levelled
                )
                for sample in chosen
            ]
            batch = collate(np.stack([image for image, _ in made]), chosen)
            columns = [
                column_targets(sample, mapping, self._width // COLUMN_WIDTH)
                for sample, (_, mapping) in zip(chosen, made)
            ]
            batch["columns"] = torch.from_numpy(np.stack([symbols for symbols, _ in columns]))
            batch["heights"] = torch.from_numpy(np.stack([heights for _, heights in columns]))
            batch["drawn"] = torch.tensor([sample.drawn for sample in chosen])
            yield batch


def collate(images: np.ndarray, chosen: list[Sample]) -> dict[str, torch.Tensor]:
    encoded = [targets(sample) for sample in chosen]
    batch = {"image": torch.from_numpy(images[:, None]), "country": torch.tensor([e[3] for e in encoded])}
    for index, stream in enumerate(("line1", "line2", "date")):
        batch[stream] = torch.tensor([c for e in encoded for c in e[index]], dtype=torch.long)
        batch[stream + "_length"] = torch.tensor([len(e[index]) for e in encoded])
    batch["date_known"] = torch.tensor([sample.date is not None for sample in chosen])
    return batch


def loader(stream: PlateStream, workers: int) -> DataLoader:
    return DataLoader(stream, batch_size=None, num_workers=workers, prefetch_factor=12 if workers else None)
