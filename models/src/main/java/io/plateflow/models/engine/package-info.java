/**
 * Finds vehicles with their plates in frames, many cameras to a batch. One engine with its workers
 * serves a whole process and device.
 */
@NullMarked
package io.plateflow.models.engine;

import org.jspecify.annotations.NullMarked;
