/** Token buckets in Postgres that several processes share. The database's clock refills them. */
package io.plateflow.clients.budget;
