/**
 * Matches passes with the access list and raises alerts. The access list is broadcast state, passes
 * in progress are keyed state.
 */
@NullMarked
package io.plateflow.jobs.enrich;

import org.jspecify.annotations.NullMarked;
