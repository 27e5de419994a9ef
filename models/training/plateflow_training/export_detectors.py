"""Exports a detector: python -m plateflow_training.export_detectors vehicle --checkpoint FILE --out FOLDER."""

import argparse
from pathlib import Path

from .detectors.onnx_export import CODE_VERSION, export, write_manifest
from .detectors.plate_samples import PLATE_NAMES
from .detectors.trainer import load_averaged
from .detectors.vehicle_samples import VEHICLE_NAMES

KINDS = {
    "vehicle": {
        "names": VEHICLE_NAMES, "image_size": 384, "confidence": 0.20, "iou": 0.50,
        "description": "Plateflow vehicle detector",
    },
    "plate": {
        "names": PLATE_NAMES, "image_size": 384, "confidence": 0.20, "iou": 0.50,
        "description": "Plateflow licence plate detector",
    },
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint of the training command")
    parser.add_argument("--out", type=Path, required=True, help="folder for KIND.onnx and KIND.json")
    options = parser.parse_args()
    kind = KINDS[options.kind]
    detector, facts = load_averaged(options.checkpoint)
    path = options.out / f"{options.kind}.onnx"
    export(detector, kind["names"], kind["image_size"], kind["description"], path)
    training = {"codeVersion": CODE_VERSION, "samples": facts["samples"], "seed": facts["seed"]}
    write_manifest(path, f"plateflow-{options.kind}", kind["names"], kind["image_size"], kind["confidence"], kind["iou"], training)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {facts['samples']} samples")


if __name__ == "__main__":
    main()
