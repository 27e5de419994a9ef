/**
 * Turns the detections of a camera into passes: tracking, reading, announcing, ending. All state of
 * a camera is one keyed value.
 */
@NullMarked
package io.plateflow.jobs.track;

import org.jspecify.annotations.NullMarked;
