package io.plateflow.api.http;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of the address, or a field of the form, that holds a token. Credentials are told as
 * the header would have them, and null where there is none.
 *
 * @param form what the form may hold, which is read before anybody knows who sends it; null where
 *     the body is no form
 */
public record KeyField(String name, @Nullable FormLimits form) {

  @Nullable String ofAddress(Exchange exchange) {
    return credential(exchange.query().text(name));
  }

  boolean mayBeInForm(Exchange exchange) {
    return form != null && exchange.hasForm();
  }

  @Nullable String ofForm(Exchange exchange) {
    return form == null ? null : credential(exchange.form(form).text(name));
  }

  private static @Nullable String credential(@Nullable String key) {
    return key == null || key.isBlank() ? null : "Token " + key.strip();
  }
}
