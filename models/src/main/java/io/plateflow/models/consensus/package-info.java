/**
 * Makes one text of many reads of the same plate. Votes among the frames of a track, and decides
 * between local reads and Gemini's.
 */
@NullMarked
package io.plateflow.models.consensus;

import org.jspecify.annotations.NullMarked;
