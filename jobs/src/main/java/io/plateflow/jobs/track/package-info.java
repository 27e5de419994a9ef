/**
 * Turns the detections of a camera into passes: tracking, reading, announcing, ending. All state of
 * a camera is one keyed value.
 */
package io.plateflow.jobs.track;
