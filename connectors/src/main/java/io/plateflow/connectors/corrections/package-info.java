/** The source of what people change. */
@NullMarked
package io.plateflow.connectors.corrections;

import org.jspecify.annotations.NullMarked;
