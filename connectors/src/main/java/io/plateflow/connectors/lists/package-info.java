/**
 * The source of all lists, read from their compacted topics. What is neither a list nor an entry
 * becomes a rejection, never a failure.
 */
@NullMarked
package io.plateflow.connectors.lists;

import org.jspecify.annotations.NullMarked;
