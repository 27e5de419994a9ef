package io.plateflow.api.http;

import java.util.Locale;

/** Content types as headers have them. */
final class MediaTypes {

  static final String MULTIPART = "multipart/form-data";
  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";

  private MediaTypes() {}

  static String bare(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
