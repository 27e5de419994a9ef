/**
 * Lists of plates on their topics, the simple access list and the named ones: parsing, publishing,
 * reading as a whole. The version of a list or an entry decides which of two counts.
 */
@NullMarked
package io.plateflow.clients.lists;

import org.jspecify.annotations.NullMarked;
