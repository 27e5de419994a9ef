/**
 * Gives each plate to its vehicle. By containment and overlap, as the best assignment over the
 * whole frame.
 */
@NullMarked
package io.plateflow.models.pairing;

import org.jspecify.annotations.NullMarked;
