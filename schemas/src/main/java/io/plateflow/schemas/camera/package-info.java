/** Cameras as configured, where they stand, and what their connection does. */
@NullMarked
package io.plateflow.schemas.camera;

import org.jspecify.annotations.NullMarked;
