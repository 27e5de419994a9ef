/**
 * Postgres and Kafka started by this process, for a standalone run and for tests. Each owns its
 * data folder and ends with its process.
 */
@NullMarked
package io.plateflow.clients.embedded;

import org.jspecify.annotations.NullMarked;
