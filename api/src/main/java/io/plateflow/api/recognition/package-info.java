/**
 * Pictures that are sent in: recognized within bounds, stored, and published as reads before
 * anybody gets an answer. Shared by all surfaces.
 */
@NullMarked
package io.plateflow.api.recognition;

import org.jspecify.annotations.NullMarked;
