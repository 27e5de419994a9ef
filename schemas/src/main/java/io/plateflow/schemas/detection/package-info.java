/** What detectors find on one frame, and how plates and vehicles are paired. */
@NullMarked
package io.plateflow.schemas.detection;

import org.jspecify.annotations.NullMarked;
