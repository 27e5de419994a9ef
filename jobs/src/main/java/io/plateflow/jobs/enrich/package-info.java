/**
 * Matches passes with the access list and raises alerts. The access list is broadcast state, passes
 * in progress are keyed state.
 */
package io.plateflow.jobs.enrich;
