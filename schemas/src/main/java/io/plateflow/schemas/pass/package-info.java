/** Passes of vehicles before a camera, and the alerts that they raise. */
@NullMarked
package io.plateflow.schemas.pass;

import org.jspecify.annotations.NullMarked;
