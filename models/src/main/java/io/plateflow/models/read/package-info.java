/**
 * Reads the text of plates on this machine. {@link io.plateflow.models.read.PlateReader} is what
 * every reader implements.
 */
@NullMarked
package io.plateflow.models.read;

import org.jspecify.annotations.NullMarked;
