/**
 * The source of rules and sites, read from their compacted topics. What is neither becomes a
 * rejection, never a failure.
 */
@NullMarked
package io.plateflow.connectors.rules;

import org.jspecify.annotations.NullMarked;
