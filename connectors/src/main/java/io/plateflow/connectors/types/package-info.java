/**
 * How the streams of this module are typed and written. The bytes are part of checkpoints and never
 * change once released.
 */
@NullMarked
package io.plateflow.connectors.types;

import org.jspecify.annotations.NullMarked;
