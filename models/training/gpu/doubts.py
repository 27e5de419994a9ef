"""Marks what labels leave out: where the shipped detectors see something that nobody labelled, nothing is taught.

Labels of several sets leave out small vehicles and other vehicles' plates; learned as background they cost recall.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from plateflow_training.detectors.inference import OnnxDetector, overlaps
from plateflow_training.detectors.photos import PLATE_CLASS, UNCERTAIN_CLASS, LabelledPhoto

from .shares import PLATE_SHARES, VEHICLE_SHARES

UNCERTAIN_PLATE = -2
DOUBTFUL = 0.12
SAME = 0.3  # IoU from which a find is the labelled thing itself
LONG_SIDES = {"vehicle": 512, "plate": 640}


class Doubts:
    def __init__(self, models: Path):
        self._detectors = {kind: OnnxDetector(models / kind / f"{kind}.onnx") for kind in LONG_SIDES}

    def added_to(self, photo: LabelledPhoto) -> LabelledPhoto:
        if photo.collection in VEHICLE_SHARES:
            photo = self._with("vehicle", photo, photo.classes != PLATE_CLASS, UNCERTAIN_CLASS)
        if photo.collection in PLATE_SHARES:
            photo = self._with("plate", photo, photo.classes == PLATE_CLASS, UNCERTAIN_PLATE)
        return photo

    def _with(self, kind: str, photo: LabelledPhoto, labelled: np.ndarray, uncertain: int) -> LabelledPhoto:
        found, _, _ = self._detectors[kind].detect(photo.pixels, DOUBTFUL, long_side=LONG_SIDES[kind])
        known = photo.boxes[labelled]
        new = [box for box in found if not len(known) or overlaps(box, known).max() < SAME]
        if not new:
            return photo
        boxes = np.concatenate((photo.boxes, np.array(new, np.float32)))
        classes = np.concatenate((photo.classes, np.full(len(new), uncertain, np.int64)))
        return replace(photo, boxes=boxes, classes=classes)
