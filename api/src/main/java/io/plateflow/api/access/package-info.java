/** Who asks, and what they may do: tokens, users, lock-out, rates. Knows nothing of HTTP. */
@NullMarked
package io.plateflow.api.access;

import org.jspecify.annotations.NullMarked;
