/** Plates: their texts, what readers made of them, and what else they show. */
@NullMarked
package io.plateflow.schemas.plate;

import org.jspecify.annotations.NullMarked;
