/**
 * The camera source: Flink's source interface (FLIP-27) over the cameras of a catalogue, for jobs
 * to build.
 */
@NullMarked
package io.plateflow.connectors.camera.source;

import org.jspecify.annotations.NullMarked;
