"""The vehicle detector and the plate detector: network, samples, training, measuring and ONNX export."""
