/**
 * Tells frames in which something moved from those in which nothing did. Frames without motion need
 * no detector.
 */
@NullMarked
package io.plateflow.models.motion;

import org.jspecify.annotations.NullMarked;
