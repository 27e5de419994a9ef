/**
 * How operators read plates: locally and at once, or by a second reader, remote and slow. Shared by
 * the tracker and the asynchronous operator.
 */
@NullMarked
package io.plateflow.jobs.reading;

import org.jspecify.annotations.NullMarked;
