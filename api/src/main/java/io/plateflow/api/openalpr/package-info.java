/** The surface of OpenALPR CarCheck, {@code /v3} and its older name {@code /v2}. */
@NullMarked
package io.plateflow.api.openalpr;

import org.jspecify.annotations.NullMarked;
