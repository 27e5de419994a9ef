/** What people change in what was recorded, and how several changes of one pass come together. */
@NullMarked
package io.plateflow.schemas.corrections;

import org.jspecify.annotations.NullMarked;
