/**
 * Stores pictures in any file system that Flink can reach. The path of a picture follows from its
 * pass, so that a replay writes its own files again.
 */
@NullMarked
package io.plateflow.connectors.evidence;

import org.jspecify.annotations.NullMarked;
