/**
 * The commands behind {@code scripts/recognize} and {@code scripts/bench}. Nothing else depends on
 * them.
 */
@NullMarked
package io.plateflow.models.cli;

import org.jspecify.annotations.NullMarked;
