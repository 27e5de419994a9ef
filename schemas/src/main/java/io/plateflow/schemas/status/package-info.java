/** The access list: its entries, and how a plate meets one. */
@NullMarked
package io.plateflow.schemas.status;

import org.jspecify.annotations.NullMarked;
