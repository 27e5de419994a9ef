/** Finds the entries of all lists that a plate matches. */
@NullMarked
package io.plateflow.models.lists;

import org.jspecify.annotations.NullMarked;
