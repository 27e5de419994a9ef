"""Exports a detector:

    python -m plateflow_training.export_detectors vehicle --checkpoint FILE --data DATA --work FOLDER --out FOLDER

The ranges of its 8-bit convolutions are measured on photos it was trained on.
"""

import argparse
from pathlib import Path

import numpy as np

from .detectors.inference import letterbox
from .detectors.network import STRIDES
from .detectors.onnx_export import CODE_VERSION, export, write_manifest
from .detectors.photos import PLATE_CLASS, open_photos
from .detectors.plate_samples import PLATE_NAMES
from .detectors.trainer import load_averaged
from .detectors.vehicle_samples import LONG_SIDE, VEHICLE_NAMES

KINDS = {
    "vehicle": {
        "names": VEHICLE_NAMES,
        "image_size": 384,
        "confidence": 0.20,
        "iou": 0.50,
        "description": "Plateflow vehicle detector",
    },
    "plate": {
        "names": PLATE_NAMES,
        "image_size": 384,
        "confidence": 0.20,
        "iou": 0.50,
        "description": "Plateflow licence plate detector",
    },
}
# Gate photos first: that is the light in which the product works.
CALIBRATION = {"galaxy": 60, "id_vehicles": 60, "oi_vehicles": 20}
SMALLEST_VEHICLE = 60


def calibration_pictures(data, work, image_size):
    """Whole photos and the vehicles in them, letterboxed as in use."""
    for collection, count in CALIBRATION.items():
        photos = open_photos(data, work / "photos", (collection,), LONG_SIDE)
        for photo in photos[:: max(1, len(photos) // count)][:count]:
            yield letterbox(np.ascontiguousarray(photo.pixels), image_size, max(STRIDES))[0]
            vehicles = photo.boxes[photo.classes != PLATE_CLASS].astype(int)
            for x1, y1, x2, y2 in vehicles[:1]:
                if min(x2 - x1, y2 - y1) > SMALLEST_VEHICLE:
                    yield letterbox(np.ascontiguousarray(photo.pixels[y1:y2, x1:x2]), image_size, max(STRIDES))[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint of the training command")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled collections (.../train)")
    parser.add_argument("--work", type=Path, required=True, help="folder of the decoded photos")
    parser.add_argument("--out", type=Path, required=True, help="folder for KIND.onnx and KIND.json")
    options = parser.parse_args()
    kind = KINDS[options.kind]
    detector, facts = load_averaged(options.checkpoint)
    path = options.out / f"{options.kind}.onnx"
    export(
        detector,
        kind["names"],
        kind["image_size"],
        kind["description"],
        path,
        calibration_pictures(options.data, options.work, kind["image_size"]),
    )
    training = {"codeVersion": CODE_VERSION, "samples": facts["samples"], "seed": facts["seed"]}
    write_manifest(
        path, f"plateflow-{options.kind}", kind["names"], kind["image_size"], kind["confidence"], kind["iou"], training
    )
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {facts['samples']} samples")


if __name__ == "__main__":
    main()
