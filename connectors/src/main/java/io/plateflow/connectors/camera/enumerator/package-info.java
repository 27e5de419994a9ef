/**
 * Assigns cameras to readers by key group and follows the catalogue while the job runs. Its state
 * remembers recorded cameras that have ended.
 */
@NullMarked
package io.plateflow.connectors.camera.enumerator;

import org.jspecify.annotations.NullMarked;
