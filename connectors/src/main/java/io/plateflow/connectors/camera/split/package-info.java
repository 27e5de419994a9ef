/**
 * The split of the camera source: one camera and its reading position. Its serialized forms are
 * versioned and never change once released.
 */
@NullMarked
package io.plateflow.connectors.camera.split;

import org.jspecify.annotations.NullMarked;
