/**
 * Deletes expired passes and their pictures while the job runs. A clock drives it, not the cameras.
 */
@NullMarked
package io.plateflow.connectors.retention;

import org.jspecify.annotations.NullMarked;
