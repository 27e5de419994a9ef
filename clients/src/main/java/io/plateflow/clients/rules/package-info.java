/**
 * Rules and sites: parsing and publishing their records, and previews of what a rule would have
 * raised.
 */
@NullMarked
package io.plateflow.clients.rules;

import org.jspecify.annotations.NullMarked;
