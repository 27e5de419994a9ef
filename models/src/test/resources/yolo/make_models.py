"""Writes the small ONNX files of the tests beside itself: python make_models.py (needs onnx)."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
SIDE = 64
CELL = 8


def constant(name, values, kind=np.float32):
    return numpy_helper.from_array(np.asarray(values, kind), name)


def save(name, nodes, input_shape, output_shape, constants, metadata):
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, input_shape)],
        [helper.make_tensor_value_info("output0", TensorProto.FLOAT, output_shape)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    onnx.save(model, HERE / f"{name}.onnx")


def facts(names, size=SIDE, task="detect"):
    return {"task": task, "names": str(names), "stride": "32", "imgsz": str([size, size])}


def repeated_for_batch(rows):
    """The same rows for every picture of the batch."""
    nodes = [
        helper.make_node("Shape", ["images"], ["sizes"], start=0, end=1),
        helper.make_node("Concat", ["sizes", "one_each"], ["repeats"], axis=0),
        helper.make_node("Tile", ["rows", "repeats"], ["output0"]),
    ]
    return nodes, [constant("rows", rows), constant("one_each", [1, 1], np.int64)]


def spot(name, channel, box, names):
    """One anchor per 8x8 cell, scored by how bright one colour is there; fixed size, any batch."""
    cells = SIDE // CELL
    middle = (np.arange(cells) + 0.5) * CELL
    x, y = np.meshgrid(middle, middle)
    boxes = np.stack((x.ravel(), y.ravel(), np.full(cells**2, box[0]), np.full(cells**2, box[1])))[None]
    nodes = [
        helper.make_node("AveragePool", ["images"], ["means"], kernel_shape=[CELL, CELL], strides=[CELL, CELL]),
        helper.make_node("Slice", ["means", "from", "to", "axis"], ["colour"]),
        helper.make_node("Reshape", ["colour", "flat"], ["scores"]),
        helper.make_node("Shape", ["images"], ["sizes"], start=0, end=1),
        helper.make_node("Concat", ["sizes", "one_each"], ["repeats"], axis=0),
        helper.make_node("Tile", ["boxes", "repeats"], ["all_boxes"]),
        helper.make_node("Concat", ["all_boxes", "scores"], ["output0"], axis=1),
    ]
    constants = [
        constant("from", [channel], np.int64),
        constant("to", [channel + 1], np.int64),
        constant("axis", [1], np.int64),
        constant("flat", [-1, 1, cells**2], np.int64),
        constant("one_each", [1, 1], np.int64),
        constant("boxes", boxes),
    ]
    save(name, nodes, ["batch", 3, SIDE, SIDE], ["batch", 5, cells**2], constants, facts(names))


def main():
    spot("red-car", 0, (24, 24), {0: "car"})
    spot("blue-plate", 2, (16, 8), {0: "plate"})
    # Rows cx, cy, w, h, car, motorcycle; three anchors, of which the second repeats the first.
    anchors = [[[32, 33, 10], [32, 32, 10], [32, 32, 8], [16, 16, 8], [0.9, 0.8, 0.1], [0.1, 0.1, 0.6]]]
    nodes, constants = repeated_for_batch(anchors)
    save(
        "any-size",
        nodes,
        ["batch", 3, "height", "width"],
        ["batch", 6, 3],
        constants,
        facts({0: "car", 1: "motorcycle"}),
    )
    ends = np.zeros((1, 300, 6))
    ends[0, 0] = [16, 24, 48, 40, 0.9, 0]
    ends[0, 1] = [8, 8, 16, 16, 0.6, 1]
    nodes, constants = repeated_for_batch(ends)
    save(
        "end-to-end", nodes, ["batch", 3, SIDE, SIDE], ["batch", 300, 6], constants, facts({0: "car", 1: "motorcycle"})
    )
    classes = [
        helper.make_node("GlobalAveragePool", ["images"], ["means"]),
        helper.make_node("Flatten", ["means"], ["output0"]),
    ]
    names = {0: "day", 1: "dusk", 2: "night"}
    save("classifier", classes, [1, 3, SIDE, SIDE], [1, 3], [], facts(names, task="classify"))
    save("classifier-without-task", classes, [1, 3, SIDE, SIDE], [1, 3], [], {"names": str(names)})
    save("no-names", classes, [1, 3, SIDE, SIDE], [1, 3], [], {})


if __name__ == "__main__":
    main()
