/**
 * The Kafka sinks of the topics that Plateflow writes. Keys, encoding and headers come from the
 * clients.
 */
@NullMarked
package io.plateflow.connectors.kafka;

import org.jspecify.annotations.NullMarked;
