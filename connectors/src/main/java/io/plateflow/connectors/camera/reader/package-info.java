/**
 * Reads the cameras of one subtask, each in a thread of its own that reconnects when the camera is
 * lost. Mailboxes between those threads and the task decide whether a camera blocks or drops
 * frames.
 */
@NullMarked
package io.plateflow.connectors.camera.reader;

import org.jspecify.annotations.NullMarked;
