/** Opens and runs ONNX models, on the processor or a GPU. Reads the metadata of YOLO exports. */
package io.plateflow.models.onnx;
