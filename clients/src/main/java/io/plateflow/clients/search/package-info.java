/**
 * Finds passes by their plates: wildcards, parts, look-alikes, and what single looks made of a
 * plate. Reads the tables that the migrations keep for it.
 */
@NullMarked
package io.plateflow.clients.search;

import org.jspecify.annotations.NullMarked;
