/** What a gate may do for the vehicle before it. */
@NullMarked
package io.plateflow.schemas.access;

import org.jspecify.annotations.NullMarked;
