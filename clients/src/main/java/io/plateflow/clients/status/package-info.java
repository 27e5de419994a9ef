/**
 * The access list on its topic: parsing, publishing, reading as a whole. An entry's version decides
 * which of two counts.
 */
@NullMarked
package io.plateflow.clients.status;

import org.jspecify.annotations.NullMarked;
