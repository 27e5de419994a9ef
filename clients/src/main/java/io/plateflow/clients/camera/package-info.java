/**
 * Cameras as they are configured: catalogues, kinds of input, reading positions. How they are read
 * is in the package capture.
 */
package io.plateflow.clients.camera;
