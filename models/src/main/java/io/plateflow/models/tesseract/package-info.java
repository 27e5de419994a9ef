/**
 * Reads plates with Tesseract, the second local reader. Its natives and data are unpacked from the
 * class path.
 */
@NullMarked
package io.plateflow.models.tesseract;

import org.jspecify.annotations.NullMarked;
