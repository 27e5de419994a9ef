/** Parking visits: what gates saw of a vehicle, and how its stay stands. */
@NullMarked
package io.plateflow.schemas.parking;

import org.jspecify.annotations.NullMarked;
