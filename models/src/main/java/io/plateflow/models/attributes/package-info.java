/**
 * What a plate shows beside its text: colours, type, region and country. Derived from the pixels in
 * the box of the plate and from the text that was read.
 */
@NullMarked
package io.plateflow.models.attributes;

import org.jspecify.annotations.NullMarked;
