package io.plateflow.schemas.frame;

/** The size of a frame in pixels. */
public record FrameSize(int width, int height) {}
