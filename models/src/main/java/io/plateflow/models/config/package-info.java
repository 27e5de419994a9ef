/** Checks records of settings against the bounds that their annotations name. */
@NullMarked
package io.plateflow.models.config;

import org.jspecify.annotations.NullMarked;
