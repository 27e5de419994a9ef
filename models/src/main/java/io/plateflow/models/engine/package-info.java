/**
 * Finds vehicles with their plates in frames, many cameras to a batch. One engine with its workers
 * serves a whole process and device.
 */
package io.plateflow.models.engine;
