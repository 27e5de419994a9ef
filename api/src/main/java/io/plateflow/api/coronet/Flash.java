package io.plateflow.api.coronet;

import io.plateflow.api.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A message that the next page shows once. A cookie of the browser's session holds which ones, not
 * their texts, so that nobody can put words into a page.
 */
enum Flash {
  SAVED("ok", "✅ Registro guardado correctamente"),
  DELETED("ok", "Registro eliminado correctamente"),
  NO_PICTURE("error", "⚠️ Debes subir una imagen"),
  UNREADABLE("error", "⚠️ El archivo no es una imagen que se pueda leer");

  private static final String COOKIE = "coronet_session";
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";
  private static final int MOST = 10;

  private final String category;
  private final String text;

  Flash(String category, String text) {
    this.category = category;
    this.text = text;
  }

  String category() {
    return category;
  }

  String text() {
    return text;
  }

  /** Those that wait for a page, oldest first. */
  static List<Flash> waiting(Exchange exchange) {
    List<Flash> waiting = new ArrayList<>();
    String cookies = exchange.header("Cookie");
    for (String cookie : (cookies == null ? "" : cookies).split(";")) {
      String[] parts = cookie.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(COOKIE)) {
        for (String name : parts[1].split("\\.")) {
          for (Flash flash : values()) {
            if (flash.code().equals(name) && waiting.size() < MOST) {
              waiting.add(flash);
            }
          }
        }
      }
    }
    return waiting;
  }

  /** The cookie of those that wait and this one. */
  String cookieAfter(List<Flash> waiting) {
    List<Flash> all = new ArrayList<>(waiting);
    all.add(this);
    return COOKIE
        + "="
        + all.stream().map(Flash::code).collect(Collectors.joining("."))
        + ATTRIBUTES;
  }

  /** What a page that shows them sends. */
  static String noCookie() {
    return COOKIE + "=" + ATTRIBUTES + "; Max-Age=0";
  }

  private String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
