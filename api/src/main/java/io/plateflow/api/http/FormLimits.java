package io.plateflow.api.http;

import java.util.Set;

/**
 * What a form may hold.
 *
 * @param files at most
 * @param base64 names of text fields that may hold a picture
 */
public record FormLimits(int files, Set<String> base64) {

  private static final long FRAMING = 64L << 10;

  public FormLimits {
    base64 = Set.copyOf(base64);
  }

  long body() {
    return files * Math.max(BodyLimits.FILE, base64.isEmpty() ? 0 : BodyLimits.BASE64)
        + BodyLimits.TEXTS
        + FRAMING;
  }
}
