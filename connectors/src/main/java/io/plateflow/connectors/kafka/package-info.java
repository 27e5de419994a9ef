/**
 * The Kafka sinks of the topics that Plateflow writes. Keys, encoding and headers come from the
 * clients.
 */
package io.plateflow.connectors.kafka;
