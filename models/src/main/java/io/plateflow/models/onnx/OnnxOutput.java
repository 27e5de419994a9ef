package io.plateflow.models.onnx;

import java.nio.FloatBuffer;

/**
 * One output of a run. The values belong to the runner and hold until its next run.
 *
 * @param values direct, from index 0
 */
public record OnnxOutput(FloatBuffer values, long[] shape) {}
