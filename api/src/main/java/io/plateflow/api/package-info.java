/**
 * The HTTP service: its server, its settings and its command line. Beside the job, never inside it.
 */
@NullMarked
package io.plateflow.api;

import org.jspecify.annotations.NullMarked;
