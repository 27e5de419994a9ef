/**
 * What the operators send each other about a pass: updates, questions, answers, and the tags of
 * side outputs. Lies below all operators.
 */
@NullMarked
package io.plateflow.jobs.pass;

import org.jspecify.annotations.NullMarked;
