"""Exact-match figures on held-out photographs and on the measure sets (which are never trained on)."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from .alphabet import INPUT_HEIGHT, INPUT_WIDTH
from .lattice import greedy_plate
from .levelling import kept_height, level, slope_of
from .network import PlateReader
from .samples import Sample

MARGIN = 0.06  # of the box's width and height, on every side


@dataclass(frozen=True)
class Case:
    group: str
    name: str
    truth: str  # "*" stands for a character nobody could read
    image: np.ndarray  # grey photo or cut of it
    box: tuple[float, float, float, float]
    slope: float = 0.0  # by which crops are levelled, in box heights over its width


def crop_of(case: Case, margin: float = MARGIN, width: int = INPUT_WIDTH) -> np.ndarray:
    """The reader's input exactly as the product makes it: box plus margin, clipped, stretched bilinearly, levelled."""
    x0, y0, x1, y1 = case.box
    h, w = case.image.shape
    mx, my = (x1 - x0) * margin, (y1 - y0) * margin
    left, top = max(0, round(x0 - mx)), max(0, round(y0 - my))
    right, bottom = min(w, round(x1 + mx)), min(h, round(y1 + my))
    cut = case.image[top:bottom, left:right]
    # Bilinear skips pixels when it shrinks; area does not.
    shrink = cut.shape[1] > width * 1.5 or cut.shape[0] > INPUT_HEIGHT / kept_height(case.slope) * 1.5
    return level(cut, case.slope, width, cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)


def with_slopes(cases: list[Case], first: PlateReader) -> list[Case]:
    """The same cases, to be levelled as the first reader sees them slope."""
    return [replace(case, slope=slope_of(first, crop_of(case))) for case in cases]


def held_out_cases(samples: list[Sample]) -> list[Case]:
    return [Case("val " + s.source, s.name, s.text, s.image, (*s.corners[0], *s.corners[2]), s.slope) for s in samples]


def measure_cases(data: Path) -> list[Case]:
    measure = data / "measure"
    cases = []
    for line in (measure / "id_ocr" / "labels.tsv").read_text().splitlines():
        name, text = line.split("\t")[:2]
        image = cv2.imread(str(measure / "id_ocr" / "crops" / name), cv2.IMREAD_GRAYSCALE)
        h, w = image.shape
        cases.append(Case("id_ocr", name, _normal(text), image, (w * 0.06, h * 0.06, w * 0.94, h * 0.94)))
    with open(measure / "galaxy" / "vehicles.tsv") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if row["plate_text"] and row["plate_box_xyxy"]:
                image = cv2.imread(str(measure / "galaxy" / "images" / row["image"]), cv2.IMREAD_GRAYSCALE)
                cases.append(
                    Case(
                        "galaxy",
                        row["image"],
                        _normal(row["plate_text"]),
                        image,
                        tuple(float(v) for v in row["plate_box_xyxy"].split()),
                    )
                )
    with open(measure / "openalpr" / "plates.tsv") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            image = cv2.imread(str(measure / "openalpr" / "images" / row["image"]), cv2.IMREAD_GRAYSCALE)
            x, y, w, h = (float(row[k]) for k in "xywh")
            cases.append(
                Case("openalpr " + row["region"], row["image"], _normal(row["plate_text"]), image, (x, y, x + w, y + h))
            )
    return cases


def matches(truth: str, read: str) -> bool:
    return len(truth) == len(read) and all(t in ("*", r) for t, r in zip(truth, read))


def surest(lattices: np.ndarray) -> str:
    """Greedy reading of the crop whose best path is likeliest.

    Lattices of different crops never line up: do not average them.
    """
    sureness = np.log(np.maximum(lattices.max(2), 1e-9)).sum(1)
    return greedy_plate(lattices[int(sureness.argmax())])


def samples_with_slopes(samples: list[Sample], first: PlateReader) -> list[Sample]:
    return [
        replace(sample, slope=case.slope) for sample, case in zip(samples, with_slopes(held_out_cases(samples), first))
    ]


def score(
    cases: list[Case], predict, decode=surest, margins=(MARGIN,), width: int = INPUT_WIDTH
) -> tuple[dict[str, tuple[int, int]], list[tuple[Case, str]]]:
    """``predict`` maps (N, 1, H, W) float32 to text lattices; ``decode`` maps the lattices of a plate's crops,
    one per margin, to its text."""
    crops = []
    for margin in margins:
        images = np.stack([crop_of(case, margin, width) for case in cases])[:, None].astype(np.float32) / 255
        crops.append(np.concatenate([predict(images[i : i + 64]) for i in range(0, len(images), 64)]))
    figures: dict[str, tuple[int, int]] = {}
    misses = []
    for case, lattices in zip(cases, np.stack(crops, 1)):
        read = decode(lattices)
        right = matches(case.truth, read)
        good, total = figures.get(case.group, (0, 0))
        figures[case.group] = (good + right, total + 1)
        if not right:
            misses.append((case, read))
    return figures, misses


def _normal(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum() or c == "*")
