package io.plateflow.api.http;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of the address, or a field of the form, that holds a token.
 *
 * @param form what the form may hold, which is read before anybody knows who sends it; null where
 *     the body is no form
 */
public record KeyField(String name, @Nullable FormLimits form) {

  /** The credential of a request, as the header would have it; null where there is none. */
  @Nullable String credential(Exchange exchange) {
    String key = exchange.query().text(name);
    if (key == null && form != null && exchange.hasForm()) {
      key = exchange.form(form).text(name);
    }
    return key == null || key.isBlank() ? null : "Token " + key.strip();
  }
}
