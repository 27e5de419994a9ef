"""Looks for plates in the photos that are labelled for vehicles only: the pseudo-labels of a later training.

python -m plateflow_training.label_plates --data DATA --work FOLDER --model plate.onnx
writes FOLDER/found_plates.json, which train_plates uses when it is there.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from .detectors.inference import OnnxDetector, suppress
from .detectors.pasted_samples import DOUBTFUL, SURE, VEHICLE_SHARES
from .detectors.photos import PLATE_CLASS, open_photos
from .detectors.vehicle_samples import LONG_SIDE

FRAME_LONG_SIDE = 480
VEHICLE_LONG_SIDE = 320
SMALLEST_VEHICLE = 40
PADDING_SHARE = 0.06


def plates_of(photo, detector):
    """Rows x1,y1,x2,y2,score from the whole photo and from every vehicle in it."""
    height, width = photo.pixels.shape[:2]
    views = [(0, 0, width, height, FRAME_LONG_SIDE)]
    for box in photo.boxes[photo.classes != PLATE_CLASS]:
        size = box[2:] - box[:2]
        if size.min() >= SMALLEST_VEHICLE:
            x1, y1 = np.maximum(box[:2] - PADDING_SHARE * size, 0).astype(int)
            x2, y2 = np.minimum(box[2:] + PADDING_SHARE * size, (width, height)).astype(int)
            views.append((x1, y1, x2, y2, VEHICLE_LONG_SIDE))
    boxes, scores = [np.zeros((0, 4))], [np.zeros(0)]
    for x1, y1, x2, y2, long_side in views:
        found, sure, _ = detector.detect(
            np.ascontiguousarray(photo.pixels[y1:y2, x1:x2]), DOUBTFUL, long_side=long_side
        )
        boxes.append(found + (x1, y1, x1, y1))
        scores.append(sure)
    boxes, scores = np.concatenate(boxes), np.concatenate(scores)
    kept = suppress(boxes, scores, 0.4)
    return np.concatenate((boxes[kept], scores[kept, None]), 1).round(3).tolist() if len(kept) else []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled collections (.../train)")
    parser.add_argument(
        "--work", type=Path, required=True, help="folder of the decoded photos; found_plates.json goes here"
    )
    parser.add_argument("--model", type=Path, required=True, help="exported plate detector of an earlier training")
    options = parser.parse_args()
    detector = OnnxDetector(options.model)
    found, sure = {}, 0
    for photo in open_photos(options.data, options.work / "photos", tuple(VEHICLE_SHARES), LONG_SIDE):
        rows = plates_of(photo, detector)
        found[f"{photo.collection}/{photo.name}"] = rows
        sure += sum(row[4] >= SURE for row in rows)
    (options.work / "found_plates.json").write_text(json.dumps(found))
    print(f"{sure} plates in {len(found)} photos with a score of at least {SURE}")


if __name__ == "__main__":
    main()
