/** Opens and runs ONNX models, on the processor or a GPU. Reads the metadata of YOLO exports. */
@NullMarked
package io.plateflow.models.onnx;

import org.jspecify.annotations.NullMarked;
