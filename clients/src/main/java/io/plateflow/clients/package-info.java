/**
 * What all clients of outside services share: their failure, the wait for an answer, the way of
 * rejected records. Nothing in this module needs Flink.
 */
@NullMarked
package io.plateflow.clients;

import org.jspecify.annotations.NullMarked;
