package io.plateflow.api.recognition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a picture is by its first byte: names lie. */
public enum PictureType {
  JPG("image/jpeg"),
  PNG("image/png"),
  WEBP("image/webp"),
  BMP("image/bmp");

  private final String mediaType;

  PictureType(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Of a file; null for what is no picture, such as one that is still being written. */
  public static @Nullable PictureType of(byte[] file) {
    if (file.length == 0) {
      return null;
    }
    return switch (file[0] & 0xFF) {
      case 0xFF -> JPG;
      case 0x89 -> PNG;
      case 'R' -> WEBP;
      case 'B' -> BMP;
      default -> null;
    };
  }

  /** Of a picture that was decoded. */
  public static PictureType ofDecoded(byte[] picture) {
    PictureType type = of(picture);
    if (type == null) {
      throw new IllegalArgumentException(
          "Picture of %d bytes: found none of JPEG, PNG, WebP and BMP".formatted(picture.length));
    }
    return type;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Of file names, without the dot. */
  public String ending() {
    return name().toLowerCase(Locale.ROOT);
  }
}
