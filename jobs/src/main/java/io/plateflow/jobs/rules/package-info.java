/**
 * Evaluates rules: passes by plate, visits, sites, cameras and the disk tell which rules are met,
 * and one operator by rule makes alerts of it.
 */
@NullMarked
package io.plateflow.jobs.rules;

import org.jspecify.annotations.NullMarked;
