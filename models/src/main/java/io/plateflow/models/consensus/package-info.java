/**
 * Makes one text of many reads of the same plate. Votes among the frames of a track, and decides
 * between local reads and Gemini's.
 */
package io.plateflow.models.consensus;
