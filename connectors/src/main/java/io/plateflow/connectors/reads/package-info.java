/** The source of what others than the cameras of the job saw. */
@NullMarked
package io.plateflow.connectors.reads;

import org.jspecify.annotations.NullMarked;
