/**
 * What plates of the world look like, and texts from CTC lattices. Formats of each country, beam
 * search, and distances between texts that are easily confused.
 */
@NullMarked
package io.plateflow.models.grammar;

import org.jspecify.annotations.NullMarked;
