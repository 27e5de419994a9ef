"""Runs an exported detector on whole photos, as the product does: letterbox, network, non-maximum suppression."""

import ast
import math

import cv2
import numpy as np
import onnxruntime

from .augment import PADDING_COLOUR


class OnnxDetector:
    def __init__(self, path, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        facts = self.session.get_modelmeta().custom_metadata_map
        self.names = ast.literal_eval(facts["names"])
        self.stride = int(facts["stride"])
        self.image_size = max(ast.literal_eval(facts["imgsz"]))

    def detect(self, pixels, confidence, iou=0.5, long_side=None):
        """Boxes [n,4] in pixels of the photo, scores [n] and classes [n], best first."""
        images, scale, left, top = letterbox(pixels, long_side or self.image_size, self.stride)
        rows = self.session.run(None, {"images": images})[0][0].T
        scores, classes = rows[:, 4:].max(1), rows[:, 4:].argmax(1)
        keep = scores >= confidence
        rows, scores, classes = rows[keep], scores[keep], classes[keep]
        half = rows[:, 2:4] / 2
        boxes = np.concatenate((rows[:, :2] - half, rows[:, :2] + half), 1)
        boxes = (boxes - (left, top, left, top)) / scale
        height, width = pixels.shape[:2]
        boxes[:, 0::2] = boxes[:, 0::2].clip(0, width)
        boxes[:, 1::2] = boxes[:, 1::2].clip(0, height)
        chosen = suppress(boxes, scores, iou)
        return boxes[chosen], scores[chosen], classes[chosen]


def letterbox(pixels, long_side, stride):
    """A BGR photo as [1,3,H,W] RGB 0..1 with its long side at `long_side`, padded to the stride, and its placement."""
    height, width = pixels.shape[:2]
    scale = long_side / max(height, width)
    new_height, new_width = max(1, round(height * scale)), max(1, round(width * scale))
    full_height, full_width = (math.ceil(v / stride) * stride for v in (new_height, new_width))
    resized = cv2.resize(
        pixels, (new_width, new_height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    top, left = (full_height - new_height) // 2, (full_width - new_width) // 2
    canvas = np.empty((full_height, full_width, 3), np.uint8)
    canvas[:] = PADDING_COLOUR
    canvas[top : top + new_height, left : left + new_width] = resized
    return np.ascontiguousarray(canvas[..., ::-1].transpose(2, 0, 1)[None], np.float32) / 255, scale, left, top


def overlaps(box, others):
    """IoU of one box with many."""
    size = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    common = size.clip(0).prod(1)

    def area(b):
        return (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])

    return common / np.maximum(area(box) + area(others) - common, 1e-9)


def suppress(boxes, scores, iou):
    """Indices kept by greedy suppression over all classes: one vehicle is not a car and a truck."""
    order, kept = scores.argsort()[::-1], []
    while len(order):
        kept.append(order[0])
        order = order[1:][overlaps(boxes[order[0]], boxes[order[1:]]) < iou]
    return np.array(kept, int)
