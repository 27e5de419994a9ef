"""The four networks as the loop sees them: weights to begin with, a loss for every step, an exam, the file to ship."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch

from plateflow_training import train_plates, train_vehicles
from plateflow_training.detectors.loss import detection_loss
from plateflow_training.detectors.photos import PLATE_CLASS, LabelledPhoto
from plateflow_training.detectors.trainer import load_averaged
from plateflow_training.detectors.vehicle_samples import VEHICLE_NAMES
from plateflow_training.reader.batches import PHOTO_SHARES, REMIXED_SHARE
from plateflow_training.reader.loss import guidance, losses
from plateflow_training.reader.network import load_reader
from plateflow_training.reader.samples import Sample

from .crops import CropBatches
from .held_out import DetectorExam, Figures, ReaderExam
from .plates import PlateBatches
from .shares import PLATE_SHARES, VEHICLE_SHARES
from .textures import Textures
from .vehicles import VehicleBatches

CLEAR_SHARE = 0.35
GUIDANCE = 0.3


@dataclass(frozen=True)
class Settings:
    """How one network is trained. A CPU only tries whether everything runs, with fewer samples a step."""

    share: float  # of the whole time
    batch: int
    cpu_batch: int
    rate: float
    decay: float  # of the weights
    largest_gradient: float


class Network(Protocol):
    """`model` is trained; the averaged weights go into the exam and into the file."""

    settings: Settings
    model: torch.nn.Module

    def loss(self, count: int, seed: int, step: int, progress: float, autocast) -> torch.Tensor: ...

    def exam(self, averaged: torch.nn.Module) -> Figures: ...

    def shipped(self, averaged: dict, facts: dict) -> dict: ...


class ReaderNetwork:
    def __init__(
        self,
        settings: Settings,
        weights: Path,
        crops: dict[bool, list[Sample]],
        made: list[Sample],
        backgrounds: Textures,
        device: torch.device,
        width: int,
        levelled: bool,
        drawn_share: float,
    ):
        self.settings = settings
        self.model = load_reader(weights).to(device, memory_format=torch.channels_last)
        samples = [*crops[False], *made]
        self._batches = CropBatches(samples, backgrounds, width, levelled, device)
        self._exam = ReaderExam(crops[True], width, levelled, device)
        self._weights = sample_weights(samples, len(crops[False]), drawn_share).cumsum()
        self.look = self.model.look

    def loss(self, count, seed, step, progress, autocast):
        drawn = np.random.default_rng([seed, step]).random(count) * self._weights[-1]
        chosen = np.searchsorted(self._weights, drawn, side="right")
        batch = self._batches.draw(chosen, CLEAR_SHARE, seed, step)
        image = batch["image"].contiguous(memory_format=torch.channels_last)
        with autocast:
            outputs, attention = self.look(image)
        # Guidance fades: where exactly a column's symbol sits is CTC's business in the end.
        guided = max(0.1, GUIDANCE * (1 - progress / 0.6))
        return losses(outputs, batch) + guided * guidance(outputs, attention, batch)

    def exam(self, averaged):
        return self._exam.figures(averaged)

    @staticmethod
    def shipped(averaged, facts):
        return {"averaged": averaged, "step": facts["step"], "seen": facts["samples"], "seed": facts["seed"], **facts}


def sample_weights(samples: list[Sample], photographed: int, drawn_share: float) -> np.ndarray:
    """How likely each sample is: the first `photographed` ones are photographs, the rest mixed or drawn."""
    mixed = {sample.source for sample in samples[photographed:] if not sample.drawn}
    kinds = [
        ("drawn", False) if sample.drawn else (sample.source, index >= photographed)
        for index, sample in enumerate(samples)
    ]
    counts = Counter(kinds)
    total = sum(PHOTO_SHARES[source] for source in {source for source, _ in kinds} - {"drawn"})

    def share(kind):
        source, is_mixed = kind
        if source == "drawn":
            return drawn_share
        part = (REMIXED_SHARE if is_mixed else 1 - REMIXED_SHARE) if source in mixed else 1.0
        return (1 - drawn_share) * PHOTO_SHARES[source] / total * part

    return np.array([share(kind) / counts[kind] for kind in kinds])


class DetectorNetwork:
    def __init__(self, settings, weights, batches, exam, sizes, size_shares, device):
        self.settings = settings
        self.model = load_averaged(weights)[0].to(device, memory_format=torch.channels_last)
        self._batches, self._exam = batches, exam
        self._sizes, self._size_shares = sizes, size_shares

    def loss(self, count, seed, step, progress, autocast):
        size = self._sizes[np.random.default_rng([seed, step, 1]).choice(len(self._sizes), p=self._size_shares)]
        batch = self._batches.draw(count, size, seed, step)
        images = batch.images.contiguous(memory_format=torch.channels_last)
        with autocast:
            class_logits, side_logits = self.model(images)
        loss, _ = detection_loss(
            class_logits.float(), side_logits.float(), size, batch.boxes, batch.classes, batch.present, batch.ignored
        )
        return loss

    def exam(self, averaged):
        return self._exam.figures(averaged)

    def shipped(self, averaged, facts):
        return {"average": averaged, "shape": self.model.shape.as_dict(), **facts}


def vehicle_network(
    settings: Settings, weights: Path, photos: dict[bool, list[LabelledPhoto]], device
) -> DetectorNetwork:
    mine = [photo for photo in photos[False] if photo.collection in VEHICLE_SHARES]
    exam = DetectorExam(
        [p for p in photos[True] if p.collection in VEHICLE_SHARES], {kind: kind for kind in VEHICLE_NAMES}, 384, device
    )
    batches = VehicleBatches(mine, device)
    return DetectorNetwork(settings, weights, batches, exam, train_vehicles.SIZES, train_vehicles.SIZE_SHARES, device)


def plate_network(
    settings: Settings, weights: Path, photos: dict[bool, list[LabelledPhoto]], drawn: list[Sample], device
) -> DetectorNetwork:
    mine = [photo for photo in photos[False] if photo.collection in PLATE_SHARES]
    exam = DetectorExam([p for p in photos[True] if p.collection in PLATE_SHARES], {PLATE_CLASS: 0}, 512, device)
    batches = PlateBatches(mine, [sample.image for sample in drawn], device)
    return DetectorNetwork(settings, weights, batches, exam, train_plates.SIZES, train_plates.SIZE_SHARES, device)
