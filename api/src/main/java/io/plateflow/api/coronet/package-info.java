/**
 * The surface of CoroNet's plate scanner: a form with a picture, the records that it made, and
 * their list as CSV. Its pages are in Spanish.
 */
@NullMarked
package io.plateflow.api.coronet;

import org.jspecify.annotations.NullMarked;
