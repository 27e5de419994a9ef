/** Token buckets in Postgres that several processes share. The database's clock refills them. */
@NullMarked
package io.plateflow.clients.budget;

import org.jspecify.annotations.NullMarked;
