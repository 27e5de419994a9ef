/**
 * The source of the access list, read from its compacted topic. What is no entry becomes a
 * rejection, never a failure.
 */
@NullMarked
package io.plateflow.connectors.status;

import org.jspecify.annotations.NullMarked;
