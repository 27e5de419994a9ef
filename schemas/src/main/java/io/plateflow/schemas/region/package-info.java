/** The areas that the codes of Indonesian plates stand for. */
@NullMarked
package io.plateflow.schemas.region;

import org.jspecify.annotations.NullMarked;
