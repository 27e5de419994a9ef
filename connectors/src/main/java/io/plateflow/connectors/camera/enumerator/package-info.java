/**
 * Assigns cameras to readers by key group and follows the catalogue while the job runs. Its state
 * remembers recorded cameras that have ended.
 */
package io.plateflow.connectors.camera.enumerator;
