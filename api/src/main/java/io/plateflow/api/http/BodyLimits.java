package io.plateflow.api.http;

/** What bodies may have, in bytes and pixels. */
public final class BodyLimits {

  /** Of one file. */
  public static final long FILE = 20L << 20;

  /** Of a file in base64. */
  public static final long BASE64 = 28L << 20;

  /** Of all text fields together. */
  public static final long TEXTS = 64L << 10;

  /** Of a picture: width times height. */
  public static final long PIXELS = 50_000_000;

  private BodyLimits() {}
}
