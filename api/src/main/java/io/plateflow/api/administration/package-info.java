/** Who may use the service: users and tokens, for those who have the right {@code admin}. */
@NullMarked
package io.plateflow.api.administration;

import org.jspecify.annotations.NullMarked;
