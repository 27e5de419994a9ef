/**
 * Encoded pictures to pixels and back, and views of pixels for OpenCV. What could harm is found in
 * the header, before anything is decoded.
 */
@NullMarked
package io.plateflow.models.image;

import org.jspecify.annotations.NullMarked;
