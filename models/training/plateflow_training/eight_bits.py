"""Convolutions in 8 bits: static quantisation of an exported network by ONNX Runtime (QDQ form)."""

from pathlib import Path

import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process


def quantised(source, destination, input_name, pictures, operators, stays_float):
    """Writes the model with 8-bit convolutions and keeps its metadata.

    The ranges of all values are what `pictures` (float inputs of one picture each) make of them; averaged ranges
    would cap every score at that of the clearest picture. `operators` are the kinds of nodes to quantise,
    `stays_float(name)` names exceptions. Weights use seven of their eight bits, since processors without VNNI add two
    products in 16 bits and would overflow.
    """
    facts = {entry.key: entry.value for entry in onnx.load(source).metadata_props}
    prepared = Path(source).with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    floating = [node.name for node in onnx.load(prepared).graph.node if stays_float(node.name)]
    quantize_static(
        str(prepared),
        str(destination),
        _Calibration(input_name, pictures),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=list(operators),
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=floating,
        calibrate_method=CalibrationMethod.MinMax,
    )
    prepared.unlink()
    model = onnx.load(destination)
    onnx.helper.set_model_props(model, facts)
    onnx.checker.check_model(model)
    onnx.save(model, destination)


class _Calibration(CalibrationDataReader):
    def __init__(self, input_name, pictures):
        self.input_name, self.pictures = input_name, iter(pictures)

    def get_next(self):
        picture = next(self.pictures, None)
        return None if picture is None else {self.input_name: picture}
