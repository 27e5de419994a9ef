/**
 * Runs frames through the shared inference engine and emits them in order with their detections.
 * Pixels leave this package for the tracker in the same operator chain only.
 */
@NullMarked
package io.plateflow.jobs.detect;

import org.jspecify.annotations.NullMarked;
