/**
 * Follows vehicles and plates of one camera from frame to frame. Holds no state of its own: what it
 * knows is handed in and out.
 */
@NullMarked
package io.plateflow.models.track;

import org.jspecify.annotations.NullMarked;
