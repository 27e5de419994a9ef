/**
 * Connects to Kafka: configuration, topics, and records in their wire form. Needs no Flink, so a
 * service can produce and consume the same records.
 */
@NullMarked
package io.plateflow.clients.kafka;

import org.jspecify.annotations.NullMarked;
