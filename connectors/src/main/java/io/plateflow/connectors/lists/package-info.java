/**
 * The source of the access list, read from its compacted topic. What is no entry becomes a
 * rejection, never a failure.
 */
package io.plateflow.connectors.lists;
