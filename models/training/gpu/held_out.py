"""Figures on the part of the training sets that is held out; nothing of the measure sets is here."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch

from plateflow_training.detectors.evaluation import Tally
from plateflow_training.detectors.inference import letterbox, overlaps, suppress
from plateflow_training.detectors.network import corner_boxes, grid_points
from plateflow_training.detectors.photos import LabelledPhoto
from plateflow_training.reader.evaluation import MARGIN, crop_of, held_out_cases, matches
from plateflow_training.reader.lattice import greedy_plate
from plateflow_training.reader.samples import Sample

AT_A_TIME = 64
MOST_FOUND = 60
LOWEST_SCORE = 0.05
CONFIDENCE = 0.20
SUPPRESSED = 0.5


@dataclass(frozen=True)
class Figures:
    """One number between 0 and 1 to compare states of a network by, and what it is made of."""

    score: float
    parts: dict[str, str]


class ReaderExam:
    """Plates read exactly, without a grammar; the score is the mean over the sets."""

    def __init__(self, samples: list[Sample], width: int, levelled: bool, device: torch.device):
        cases = held_out_cases(samples)
        self._cases = cases if levelled else [replace(case, slope=0.0) for case in cases]
        crops = np.stack([crop_of(case, MARGIN, width) for case in self._cases])
        self._crops = torch.from_numpy(crops).unsqueeze(1).to(device)

    @torch.inference_mode()
    def figures(self, network: Callable) -> Figures:
        lattices = []
        for part in self._crops.split(AT_A_TIME):
            line1, line2, *_ = network(part.float() / 255)
            lattices.append(torch.softmax(torch.cat((line1, line2), 1).float(), 2))
        right: dict[str, list[bool]] = {}
        for case, lattice in zip(self._cases, torch.cat(lattices).cpu().numpy()):
            right.setdefault(case.group, []).append(matches(case.truth, greedy_plate(lattice)))
        parts = {group: f"{sum(each)}/{len(each)}" for group, each in right.items()}
        return Figures(float(np.mean([np.mean(each) for each in right.values()])), parts)


class DetectorExam:
    """How many are found in the photos that label what is looked for; the score is the mean average precision
    (IoU 0.5) over the sets."""

    def __init__(self, photos: list[LabelledPhoto], classes: dict[int, int], side: int, device: torch.device):
        """`classes` maps the labels' classes to the network's."""
        self._classes, self._side = classes, side
        self._photos = [photo for photo in photos if np.isin(photo.classes, list(classes)).any()]
        placed = [letterbox(np.ascontiguousarray(photo.pixels), side, side) for photo in self._photos]
        pixels = np.concatenate([(picture * 255).round().astype(np.uint8) for picture, *_ in placed])
        self._places = [place for _, *place in placed]
        self._pictures = torch.from_numpy(pixels).to(device)

    @torch.inference_mode()
    def figures(self, network: Callable) -> Figures:
        found = [self._found(network, part) for part in self._pictures.split(AT_A_TIME)]
        boxes, scores, kinds = (torch.cat(parts).float().cpu().numpy() for parts in zip(*found))
        tallies: dict[str, Tally] = {}
        for index, photo in enumerate(self._photos):
            scale, left, top = self._places[index]
            sure = scores[index] >= LOWEST_SCORE
            mine, score, kind = (
                (boxes[index][sure] - (left, top, left, top)) / scale,
                scores[index][sure],
                kinds[index][sure],
            )
            kept = suppress(mine, score, SUPPRESSED)
            known = np.isin(photo.classes, list(self._classes))
            truth = photo.boxes[known]
            truths = np.array([self._classes[int(k)] for k in photo.classes[known]])
            kept = [k for k in kept if not _doubted(mine[k], truth, photo.boxes[photo.classes < 0])]
            tally = tallies.setdefault(photo.collection, Tally(CONFIDENCE))
            tally.add(mine[kept], score[kept], kind[kept], truth, truths)
        parts = {
            name: f"{tally.found}/{tally.labels} AP {tally.average_precision():.3f}" for name, tally in tallies.items()
        }
        return Figures(float(np.mean([tally.average_precision() for tally in tallies.values()])), parts)

    def _found(self, network, pictures):
        class_logits, side_logits = network(pictures.float() / 255)
        centres, strides = grid_points(self._side, self._side, device=pictures.device)
        scores, kinds = class_logits.float().sigmoid().max(1)
        best, where = scores.topk(MOST_FOUND, 1)
        boxes = corner_boxes(side_logits.float(), centres, strides)
        return boxes.gather(1, where.unsqueeze(-1).expand(-1, -1, 4)), best, kinds.gather(1, where)


def _doubted(box: np.ndarray, truth: np.ndarray, doubts: np.ndarray) -> bool:
    """Whether a find is rather one of the things that nobody could or did label."""
    if not len(doubts):
        return False
    return overlaps(box, doubts).max() > (overlaps(box, truth).max() if len(truth) else 0.0)
