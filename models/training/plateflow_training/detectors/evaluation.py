"""Recall, precision, average precision and box quality of detections against labels, and pictures of the misses."""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from .inference import overlaps

MATCH_IOU = 0.5
TRUE_COLOUR, FOUND_COLOUR, MISSED_COLOUR = (0, 200, 0), (255, 160, 0), (0, 0, 255)


@dataclass
class Tally:
    """What matching detections with labels over many photos adds up to."""

    confidence: float
    labels: int = 0
    found: int = 0
    right_class: int = 0
    extra: int = 0
    ious: list = field(default_factory=list)
    ranked: list = field(default_factory=list)
    per_class: dict = field(default_factory=dict)

    def add(self, boxes, scores, classes, true_boxes, true_classes):
        """Adds one photo; returns the indices of the labels that were missed or given the wrong class."""
        taken, wrong = set(), set(range(len(true_boxes)))
        for box, score, kind in zip(boxes, scores, classes):
            free = [i for i in range(len(true_boxes)) if i not in taken]
            best = max(free, key=lambda i: overlaps(box, true_boxes[i : i + 1])[0], default=None)
            iou = overlaps(box, true_boxes[best : best + 1])[0] if best is not None else 0.0
            hit = iou >= MATCH_IOU
            self.ranked.append((float(score), bool(hit and kind == true_classes[best])))
            if hit:
                taken.add(best)
            if score < self.confidence:
                continue
            if not hit:
                self.extra += 1
                continue
            self.found += 1
            self.ious.append(float(iou))
            if kind == true_classes[best]:
                self.right_class += 1
                wrong.discard(best)
        self.labels += len(true_boxes)
        for index, kind in enumerate(true_classes):
            counts = self.per_class.setdefault(int(kind), [0, 0])
            counts[0] += index not in wrong
            counts[1] += 1
        return wrong

    def average_precision(self):
        """Area under precision over recall at IoU 0.5, all classes pooled."""
        if not self.ranked or not self.labels:
            return 0.0
        hits = np.array([hit for _, hit in sorted(self.ranked, key=lambda r: -r[0])])
        precision = hits.cumsum() / np.arange(1, len(hits) + 1)
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        return float(envelope[hits].sum() / self.labels)

    def __str__(self):
        def share(a, b):
            return f"{a}/{b} ({100 * a / b:.1f}%)" if b else "0/0"

        return (
            f"found {share(self.found, self.labels)}, right class {share(self.right_class, self.labels)}, "
            f"precision {share(self.found, self.found + self.extra)}, AP50 {self.average_precision():.3f}, "
            f"mean IoU {np.mean(self.ious) if self.ious else 0:.3f}"
        )


def draw_misses(pixels, boxes, scores, true_boxes, wrong, path):
    """The photo with labels (green, red where missed) and detections (blue)."""
    picture = np.ascontiguousarray(pixels).copy()

    def rounded(box):
        return [int(v) for v in box]

    for box, score in zip(boxes, scores):
        x1, y1, x2, y2 = rounded(box)
        cv2.rectangle(picture, (x1, y1), (x2, y2), FOUND_COLOUR, 2)
        cv2.putText(picture, f"{score:.2f}", (x1, max(10, y1 - 3)), cv2.FONT_HERSHEY_SIMPLEX, 0.45, FOUND_COLOUR, 1)
    for index, box in enumerate(true_boxes):
        x1, y1, x2, y2 = rounded(box)
        cv2.rectangle(picture, (x1, y1), (x2, y2), MISSED_COLOUR if index in wrong else TRUE_COLOUR, 1)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture)
