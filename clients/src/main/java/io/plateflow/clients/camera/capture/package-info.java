/**
 * Reads cameras: films, streams and webcams through FFmpeg, stills from folders. One client is one
 * connection, used by one thread.
 */
package io.plateflow.clients.camera.capture;
