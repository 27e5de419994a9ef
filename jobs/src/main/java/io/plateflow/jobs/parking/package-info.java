/**
 * Derives parking visits from passes at entries and exits. The visits depend on the set of passes
 * alone, so that order and repetition do not matter.
 */
@NullMarked
package io.plateflow.jobs.parking;

import org.jspecify.annotations.NullMarked;
