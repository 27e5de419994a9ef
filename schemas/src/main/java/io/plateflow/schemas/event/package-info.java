/**
 * The events that leave on topics: their encodings, the mapping from domain records, and the
 * schemas that older events were written with.
 */
@NullMarked
package io.plateflow.schemas.event;

import org.jspecify.annotations.NullMarked;
