/**
 * Deletes expired passes and their pictures while the job runs. A clock drives it, not the cameras.
 */
package io.plateflow.connectors.retention;
