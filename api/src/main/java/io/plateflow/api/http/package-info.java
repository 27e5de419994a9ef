/**
 * What all surfaces share of HTTP: finding the operation of a request, reading its body within
 * limits, refusing in the form of its surface, counting.
 */
@NullMarked
package io.plateflow.api.http;

import org.jspecify.annotations.NullMarked;
