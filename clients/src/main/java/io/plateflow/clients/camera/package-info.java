/**
 * Cameras as they are configured: catalogues, kinds of input, reading positions. How they are read
 * is in the package capture.
 */
@NullMarked
package io.plateflow.clients.camera;

import org.jspecify.annotations.NullMarked;
