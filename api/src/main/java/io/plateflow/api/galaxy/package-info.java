/** What both surfaces of Galaxy ALPR have in common: times and the words for plates. */
@NullMarked
package io.plateflow.api.galaxy;

import org.jspecify.annotations.NullMarked;
