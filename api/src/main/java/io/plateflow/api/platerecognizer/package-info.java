/** The surface that clients of Plate Recognizer Snapshot know. */
@NullMarked
package io.plateflow.api.platerecognizer;

import org.jspecify.annotations.NullMarked;
