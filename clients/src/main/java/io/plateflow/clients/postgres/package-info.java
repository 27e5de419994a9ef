/**
 * Connects to Postgres: options, migrations, and what its failures mean. The SQL itself is in the
 * migrations.
 */
package io.plateflow.clients.postgres;
