/**
 * Connects to Postgres: configuration, migrations, and what its failures mean. The SQL itself is in
 * the migrations.
 */
@NullMarked
package io.plateflow.clients.postgres;

import org.jspecify.annotations.NullMarked;
