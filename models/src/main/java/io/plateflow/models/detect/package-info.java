/**
 * Runs one YOLO model on pictures: letterboxing, decoding, suppression of duplicates. Knows boxes
 * and labels, but neither vehicles nor plates in particular.
 */
@NullMarked
package io.plateflow.models.detect;

import org.jspecify.annotations.NullMarked;
