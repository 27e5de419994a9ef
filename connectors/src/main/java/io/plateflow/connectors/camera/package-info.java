/**
 * What the camera source emits: frames, rejections and state changes, keyed by camera, and their
 * event time. Lies below the packages that read.
 */
@NullMarked
package io.plateflow.connectors.camera;

import org.jspecify.annotations.NullMarked;
