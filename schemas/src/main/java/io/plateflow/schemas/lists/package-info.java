/**
 * Named lists of plates: what a list means, which plates are on it, and where and when an entry
 * counts.
 */
@NullMarked
package io.plateflow.schemas.lists;

import org.jspecify.annotations.NullMarked;
