/**
 * The commands behind {@code scripts/recognize} and {@code scripts/bench}. Nothing else depends on
 * them.
 */
package io.plateflow.models.cli;
