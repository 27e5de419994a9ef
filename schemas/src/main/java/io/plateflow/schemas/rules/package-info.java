/**
 * Rules: what must be true of a pass, a visit, a site, a camera or a disk for an alert, and the
 * sites with their capacity and limits. Evaluated here, without Flink, for the job and for
 * previews.
 */
@NullMarked
package io.plateflow.schemas.rules;

import org.jspecify.annotations.NullMarked;
