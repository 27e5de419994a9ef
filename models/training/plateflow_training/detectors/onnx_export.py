"""Writes a trained detector as ONNX in the tensor layout of Ultralytics exports.

Input `images` [N,3,H,W] (RGB, 0..1), output `output0` [N,4+classes,points] with rows cx,cy,w,h in input pixels and one
score per class. Non-maximum suppression stays with the reader of the file.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from ..eight_bits import quantised
from .network import STRIDES, corner_boxes, grid_points

OPSET = 17
LICENCE = "Apache-2.0"
CODE_VERSION = "1"
TOLERANCE = 2e-3
# What the exporter calls the network's own nodes, and among them those that stay in floats.
LAYERS = "/detector/"
LAST_LAYERS = ("class_logits", "side_logits")
QUANTISED = ("Conv", "Add", "Clip", "Relu", "MaxPool")


class ExportedDetector(nn.Module):
    """Decodes the network's output into boxes and scores."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector

    def forward(self, images):
        class_logits, side_logits = self.detector(images)
        boxes = corner_boxes(side_logits, *grid_points(images.shape[2], images.shape[3]))
        middle, size = (boxes[..., :2] + boxes[..., 2:]) / 2, boxes[..., 2:] - boxes[..., :2]
        return torch.cat((middle.transpose(1, 2), size.transpose(1, 2), class_logits.sigmoid()), 1)


def without_batch_norm(module):
    """Folds every normalisation into the convolution before it; fewer nodes, same numbers."""
    for _name, child in module.named_children():
        if isinstance(child, nn.Sequential) and len(child) > 1 and isinstance(child[1], nn.BatchNorm2d):
            child[0] = nn.utils.fusion.fuse_conv_bn_eval(child[0], child[1])
            child[1] = nn.Identity()
        without_batch_norm(child)
    return module


def stays_float(name):
    """What is not a layer of the network itself, and its last layers: a box corner of 384 pixels has no room in
    eight bits."""
    return not name.startswith(LAYERS) or any(part in name for part in LAST_LAYERS)


def export(detector, names, image_size, description, path, pictures):
    """Writes `path` with 8-bit convolutions, calibrated on `pictures`."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    exported = ExportedDetector(without_batch_norm(detector.eval())).eval()
    axes = {0: "batch", 2: "height", 3: "width"}
    floats = path.with_suffix(".floats.onnx")
    torch.onnx.export(
        exported,
        (torch.zeros(1, 3, image_size, image_size),),
        str(floats),
        dynamo=False,
        opset_version=OPSET,
        input_names=["images"],
        output_names=["output0"],
        dynamic_axes={"images": axes, "output0": {0: "batch", 2: "points"}},
    )
    check_same(exported, floats)
    model = onnx.load(floats)
    facts = {
        "description": description,
        "author": "Plateflow",
        "license": LICENCE,
        "version": CODE_VERSION,
        "task": "detect",
        "stride": str(max(STRIDES)),
        "batch": "1",
        "imgsz": str([image_size, image_size]),
        "names": str(names),
    }
    onnx.helper.set_model_props(model, facts)
    onnx.save(model, floats)
    quantised(floats, path, "images", pictures, QUANTISED, stays_float)
    floats.unlink()


@torch.no_grad()
def check_same(exported, path):
    """Compares the file with the network at two shapes and a batch of two."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    random = np.random.default_rng(0)
    for shape in ((2, 3, 256, 416), (1, 3, 320, 192)):
        images = random.random(shape, np.float32)
        ours = exported(torch.from_numpy(images)).numpy()
        theirs = session.run(None, {"images": images})[0]
        if ours.shape != theirs.shape:
            raise ValueError(f"{path.name} at {shape}: output {theirs.shape}, expected {ours.shape}")
        apart = np.abs(ours - theirs) / (1 + np.abs(ours))
        if apart.max() > TOLERANCE:
            raise ValueError(f"{path.name} at {shape}: differs by {apart.max():.2g}, allowed {TOLERANCE}")


def write_manifest(path, name, names, image_size, confidence, iou, training):
    """The JSON beside the model that the product reads."""
    path = Path(path)
    manifest = {
        "name": name,
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "task": "detect",
        "labels": list(names.values()),
        "input": {"imgsz": image_size, "stride": max(STRIDES), "channels": "RGB", "normalisation": "0..1"},
        "thresholds": {"confidence": confidence, "iou": iou},
        "training": training,
        "licence": LICENCE,
    }
    path.with_suffix(".json").write_text(json.dumps(manifest, indent=2) + "\n")
