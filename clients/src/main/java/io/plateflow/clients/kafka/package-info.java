/**
 * Connects to Kafka: options, topics, and records in their wire form. Needs no Flink, so a service
 * can produce and consume the same records.
 */
package io.plateflow.clients.kafka;
