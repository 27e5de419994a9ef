"""Exports a trained reader to ONNX with its manifest.

    python -m plateflow_training.export_reader --weights RUN/best.pt --dates RUN/dates.pt --out reader/

Writes reader.onnx and reader.json, and checks that ONNX Runtime and PyTorch agree.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from .reader.alphabet import ALPHABET, COLUMNS, COUNTRIES, INPUT_HEIGHT, INPUT_WIDTH
from .reader.evaluation import MARGIN
from .reader.network import DateReader, PlateReader, RectifyingReader

VERSION = "1"
TOLERANCE = 1e-3  # the reading after levelling magnifies the last bits of the slope


def export(weights: Path, dates: Path, out: Path) -> dict:
    state = torch.load(weights, map_location="cpu")
    network = PlateReader()
    network.load_state_dict(state["averaged"])
    date_state = torch.load(dates, map_location="cpu")
    date_network = DateReader()
    date_network.load_state_dict(date_state["averaged"])
    module = RectifyingReader(network, date_network).eval()
    out.mkdir(parents=True, exist_ok=True)
    path = out / "reader.onnx"
    images = torch.rand(3, 1, INPUT_HEIGHT, INPUT_WIDTH)
    names = ["text", "date", "country"]
    torch.onnx.export(module, (images,), str(path), input_names=["image"], output_names=names, opset_version=17,
                      dynamic_axes={name: {0: "n"} for name in ["image", *names]}, dynamo=False)
    model = onnx.load(str(path))
    onnx.helper.set_model_props(model, {
        "task": "plate-reader", "version": VERSION, "alphabet": ALPHABET, "countries": ",".join(COUNTRIES),
        "imgsz": f"[{INPUT_HEIGHT}, {INPUT_WIDTH}]", "margin": str(MARGIN), "blank": "0", "lines": "2"})
    # The exporter loses the number of columns; readers of the file want it.
    for output, columns in ((model.graph.output[0], 2 * COLUMNS), (model.graph.output[1], DateReader.COLUMNS)):
        output.type.tensor_type.shape.dim[1].dim_value = columns
    onnx.save(model, str(path))

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    with torch.inference_mode():
        for count in (1, 5):
            images = torch.rand(count, 1, INPUT_HEIGHT, INPUT_WIDTH)
            for ours, theirs in zip(module(images), session.run(None, {"image": images.numpy()})):
                difference = float(np.abs(ours.numpy() - theirs).max())
                if difference > TOLERANCE:
                    raise SystemExit(f"ONNX Runtime differs from PyTorch by {difference:.2e}, allowed {TOLERANCE:.0e}")

    manifest = {
        "name": "plateflow-reader",
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "task": "plate-reader",
        "version": VERSION,
        "input": {"name": "image", "layout": "NCHW", "height": INPUT_HEIGHT, "width": INPUT_WIDTH, "channels": 1, "colour": "grey, BT.601",
                  "type": "float32", "normalisation": "value / 255; the rest is inside the graph", "margin": MARGIN,
                  "resize": "stretched, bilinear; area where the crop is wider than 288 pixels"},
        "outputs": {
            "text": {"shape": ["n", 2 * COLUMNS, len(ALPHABET) + 1], "meaning": f"CTC probabilities; steps 0-{COLUMNS - 1} first line, the rest second line"},
            "date": {"shape": ["n", DateReader.COLUMNS, 11], "meaning": "CTC probabilities of the MMYY digits; all blank where there is no date line"},
            "country": {"shape": ["n", len(COUNTRIES)], "meaning": "probabilities of " + ", ".join(COUNTRIES)}},
        "blank": 0,
        "alphabet": ALPHABET,
        "countries": list(COUNTRIES),
        "training": {"code": f"plateflow_training {VERSION}", "samples": state["seen"], "steps": state["step"], "seed": state["seed"],
                     "dateSamples": date_state["seen"], "dateSeed": date_state["seed"]},
        "licence": "weights: the project's own licence; see CARD.md for what they were trained on",
    }
    (out / "reader.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return manifest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="best.pt of a training run")
    parser.add_argument("--dates", type=Path, required=True, help="dates.pt of train_dates")
    parser.add_argument("--out", type=Path, required=True, help="folder for reader.onnx and reader.json")
    options = parser.parse_args()
    manifest = export(options.weights, options.dates, options.out)
    print(f"{options.out / manifest['file']}: {(options.out / manifest['file']).stat().st_size} bytes, sha256 {manifest['sha256'][:16]}")


if __name__ == "__main__":
    main()
