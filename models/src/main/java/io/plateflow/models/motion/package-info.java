/**
 * Tells frames in which something moved from those in which nothing did. Frames without motion need
 * no detector.
 */
package io.plateflow.models.motion;
