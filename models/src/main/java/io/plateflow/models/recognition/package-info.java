/**
 * The one way from a picture to its vehicles and plates. Shared by {@code scripts/recognize},
 * folder cameras and whoever else has single pictures.
 */
@NullMarked
package io.plateflow.models.recognition;

import org.jspecify.annotations.NullMarked;
