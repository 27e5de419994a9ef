/**
 * The split of the camera source: one camera and its reading position. Its serialized forms are
 * versioned and never change once released.
 */
package io.plateflow.connectors.camera.split;
