/**
 * The camera source: frames, rejections and state changes of all cameras of a catalogue, keyed by
 * camera. Built on Flink's source interface (FLIP-27).
 */
package io.plateflow.connectors.camera;
