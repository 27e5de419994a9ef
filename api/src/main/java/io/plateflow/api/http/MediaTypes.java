package io.plateflow.api.http;

import java.util.Locale;

/** Content types as headers have them. */
final class MediaTypes {

  static final String MULTIPART = "multipart/form-data";
  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";

  private MediaTypes() {}

  /** Whether fields of a form stand in such a body. */
  static boolean isForm(String bare) {
    return bare.equals(MULTIPART) || bare.equals(FORM);
  }

  static String bare(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
