/**
 * Reads cameras: films, streams and webcams through FFmpeg, stills from folders. One client is one
 * connection, used by one thread.
 */
@NullMarked
package io.plateflow.clients.camera.capture;

import org.jspecify.annotations.NullMarked;
