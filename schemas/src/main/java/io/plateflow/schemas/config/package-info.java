/**
 * What configuration shares: durations as text, constraints on components and on whole records, and
 * the mark of a secret.
 */
@NullMarked
package io.plateflow.schemas.config;

import org.jspecify.annotations.NullMarked;
