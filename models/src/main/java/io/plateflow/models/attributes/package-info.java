/**
 * What a plate shows beside its text: colours, type, region and country. Derived from the pixels in
 * the box of the plate and from the text that was read.
 */
package io.plateflow.models.attributes;
