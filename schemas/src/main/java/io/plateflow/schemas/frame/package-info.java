/** Pictures in memory, and the form that frames and records take which could not be used. */
@NullMarked
package io.plateflow.schemas.frame;

import org.jspecify.annotations.NullMarked;
