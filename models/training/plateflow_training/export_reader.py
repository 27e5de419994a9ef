"""Exports a trained reader to ONNX with its manifest.

    python -m plateflow_training.export_reader --data DATA --weights RUN/best.pt --dates RUN/dates.pt --out reader/
    python -m plateflow_training.export_reader --data DATA --weights RUN2/best.pt --first RUN/best.pt --width 288
    --name second --out reader/

Writes NAME.onnx, with convolutions in 8 bits, and NAME.json; checks first that ONNX Runtime and PyTorch agree on it
in floats.
"""

import argparse
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from .eight_bits import quantised
from .reader.alphabet import ALPHABET, COLUMN_WIDTH, COUNTRIES, INPUT_HEIGHT, INPUT_WIDTH
from .reader.evaluation import MARGIN, crop_of, held_out_cases, samples_with_slopes
from .reader.network import DateReader, LevelReader, PlateReader, RectifyingReader, load_reader
from .reader.samples import load_photographs, split

VERSION = "1"
TOLERANCE = 1e-3  # the reading after levelling magnifies the last bits of the slope
QUANTISED = ("Conv", "Add", "Relu")
# What gives the symbols' logits; the exporter numbers the layers of the second reading.
LAST_LAYERS = re.compile(r"/heads\.\d/heads\.\d\.1(_1)?/Conv|/dates/columns/columns\.3/Conv")
CALIBRATION = 300


def calibration_crops(data: Path, width: int, first: PlateReader | None):
    """Every so-many-th photographed plate of the training sets, as the product cuts it; levelled where there is
    a first reader."""
    photographs, _ = split(load_photographs(data))
    photographs = photographs[:: max(1, len(photographs) // CALIBRATION)][:CALIBRATION]
    for case in held_out_cases(samples_with_slopes(photographs, first) if first else photographs):
        yield crop_of(case, width=width)[None, None].astype(np.float32) / 255


def export(data: Path, weights: Path, first: Path | None, dates: Path | None, out: Path, name: str, width: int) -> dict:
    state = torch.load(weights, map_location="cpu")
    network = load_reader(weights)
    date_network = None
    if dates:
        date_state = torch.load(dates, map_location="cpu")
        date_network = DateReader()
        date_network.load_state_dict(date_state["averaged"])
    module = (LevelReader(network) if first else RectifyingReader(network, date_network)).eval()
    out.mkdir(parents=True, exist_ok=True)
    path, floats = out / f"{name}.onnx", out / f"{name}.floats.onnx"
    images = torch.rand(3, 1, INPUT_HEIGHT, width)
    columns = width // COLUMN_WIDTH
    shapes = {
        "text": 2 * columns,
        **({"date": DateReader.COLUMNS} if dates else {}),
        "country": None,
        **({} if first else {"slope": None}),
    }
    torch.onnx.export(
        module,
        (images,),
        str(floats),
        input_names=["image"],
        output_names=list(shapes),
        opset_version=17,
        dynamic_axes={tensor: {0: "n"} for tensor in ["image", *shapes]},
        dynamo=False,
    )
    model = onnx.load(str(floats))
    onnx.helper.set_model_props(
        model,
        {
            "task": "plate-reader",
            "version": VERSION,
            "alphabet": ALPHABET,
            "countries": ",".join(COUNTRIES),
            "imgsz": f"[{INPUT_HEIGHT}, {width}]",
            "margin": str(MARGIN),
            "blank": "0",
            "lines": "2",
            **({"crops": "levelled"} if first else {}),
        },
    )
    # The exporter loses the number of columns; readers of the file want it.
    for output in model.graph.output:
        if shapes[output.name]:
            output.type.tensor_type.shape.dim[1].dim_value = shapes[output.name]
    onnx.save(model, str(floats))

    session = onnxruntime.InferenceSession(str(floats), providers=["CPUExecutionProvider"])
    with torch.inference_mode():
        for count in (1, 5):
            images = torch.rand(count, 1, INPUT_HEIGHT, width)
            for ours, theirs in zip(module(images), session.run(None, {"image": images.numpy()})):
                difference = float(np.abs(ours.numpy() - theirs).max())
                if difference > TOLERANCE:
                    raise SystemExit(f"ONNX Runtime differs from PyTorch by {difference:.2e}, allowed {TOLERANCE:.0e}")
    quantised(
        floats,
        path,
        "image",
        calibration_crops(data, width, load_reader(first) if first else None),
        QUANTISED,
        lambda node: LAST_LAYERS.fullmatch(node) is not None,
    )
    floats.unlink()

    meanings = {
        "text": {
            "shape": ["n", 2 * columns, len(ALPHABET) + 1],
            "meaning": f"CTC probabilities; steps 0-{columns - 1} first line, the rest second line",
        },
        "date": {
            "shape": ["n", DateReader.COLUMNS, 11],
            "meaning": "CTC probabilities of the MMYY digits; all blank where there is no date line",
        },
        "country": {"shape": ["n", len(COUNTRIES)], "meaning": "probabilities of " + ", ".join(COUNTRIES)},
        "slope": {
            "shape": ["n"],
            "meaning": "rise of the first line over the crop's width, in crop heights, downwards positive",
        },
    }
    manifest = {
        "name": f"plateflow-{name}",
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "task": "plate-reader",
        "version": VERSION,
        "input": {
            "name": "image",
            "layout": "NCHW",
            "height": INPUT_HEIGHT,
            "width": width,
            "channels": 1,
            "colour": "grey, BT.601",
            "type": "float32",
            "normalisation": "value / 255; the rest is inside the graph",
            "margin": MARGIN,
            "resize": f"stretched, bilinear; area where the crop is wider than {width * 3 // 2} pixels"
            + ("; levelled by the slope that the first reader tells" if first else ""),
        },
        "outputs": {tensor: meanings[tensor] for tensor in shapes},
        "blank": 0,
        "alphabet": ALPHABET,
        "countries": list(COUNTRIES),
        "training": {
            "code": f"plateflow_training {VERSION}",
            "samples": state["seen"],
            "steps": state["step"],
            "seed": state["seed"],
            **({"dateSamples": date_state["seen"], "dateSeed": date_state["seed"]} if dates else {}),
        },
        "licence": "weights: the project's own licence; see CARD.md for what they were trained on",
    }
    path.with_suffix(".json").write_text(json.dumps(manifest, indent=2) + "\n")
    return manifest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder that holds train/, for the ranges of the 8-bit convolutions"
    )
    parser.add_argument("--weights", type=Path, required=True, help="best.pt of a training run")
    parser.add_argument("--first", type=Path, help="weights of the first reader, where these are of a second one")
    parser.add_argument("--dates", type=Path, help="dates.pt of train_dates; without it the file reads no date line")
    parser.add_argument("--name", default="reader", help="of the files (default %(default)s)")
    parser.add_argument(
        "--width",
        type=int,
        default=INPUT_WIDTH,
        help="of the crops that the reader was trained for (default %(default)s)",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for NAME.onnx and NAME.json")
    options = parser.parse_args()
    manifest = export(
        options.data, options.weights, options.first, options.dates, options.out, options.name, options.width
    )
    path = options.out / manifest["file"]
    print(f"{path}: {path.stat().st_size} bytes, sha256 {manifest['sha256'][:16]}")


if __name__ == "__main__":
    main()
