/**
 * Runs Postgres, Kafka, Flink and the job in one process, for trying out and for small
 * installations. The console prints what the topics carry.
 */
@NullMarked
package io.plateflow.standalone;

import org.jspecify.annotations.NullMarked;
