package io.plateflow.api.galaxy.service;

import java.util.Locale;

/** Of a picture that was decoded, by its first byte: names lie. */
enum PictureType {
  JPG("image/jpeg"),
  PNG("image/png"),
  WEBP("image/webp"),
  BMP("image/bmp");

  private final String mediaType;

  PictureType(String mediaType) {
    this.mediaType = mediaType;
  }

  static PictureType of(byte[] picture) {
    return switch (picture[0] & 0xFF) {
      case 0x89 -> PNG;
      case 'R' -> WEBP;
      case 'B' -> BMP;
      default -> JPG;
    };
  }

  String mediaType() {
    return mediaType;
  }

  String ending() {
    return name().toLowerCase(Locale.ROOT);
  }
}
