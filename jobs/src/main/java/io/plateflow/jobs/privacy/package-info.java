/**
 * Replaces plates that are on no list by a keyed hash on their way out of the job. Operators before
 * that see the plates themselves.
 */
@NullMarked
package io.plateflow.jobs.privacy;

import org.jspecify.annotations.NullMarked;
