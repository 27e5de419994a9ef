/** Boxes in pixels and areas in fractions of a frame. */
@NullMarked
package io.plateflow.schemas.geometry;

import org.jspecify.annotations.NullMarked;
