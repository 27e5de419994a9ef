/**
 * Joins the request budgets of the models to the tables that all jobs share. It is apart so that
 * the rest of the job needs no database to read plates.
 */
@NullMarked
package io.plateflow.jobs.gemini;

import org.jspecify.annotations.NullMarked;
