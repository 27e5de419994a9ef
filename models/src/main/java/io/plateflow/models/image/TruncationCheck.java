package io.plateflow.models.image;

import com.drew.imaging.FileType;

/**
 * Whether the bytes of a picture go on to its end. Decoders fill the missing rows of a cut picture
 * with grey and say nothing, so the end marker itself is looked for.
 */
final class TruncationCheck {

  private static final int MARKER = 0xFF;
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  private TruncationCheck() {}

  static boolean isComplete(FileType type, byte[] encoded) {
    return switch (type) {
      case Jpeg -> jpegEnds(encoded);
      case Png -> pngEnds(encoded);
      case WebP -> encoded.length >= 8 + littleEndian(encoded, 4);
      default -> true;
    };
  }

  /** Walks the segments, so that the end marker of a preview inside EXIF does not count. */
  private static boolean jpegEnds(byte[] jpeg) {
    int at = 0;
    boolean scanSeen = false;
    while (at + 1 < jpeg.length) {
      if ((jpeg[at] & 0xFF) != MARKER) {
        if (!scanSeen) {
          return false;
        }
        at++;
        continue;
      }
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == END_OF_IMAGE) {
        return scanSeen;
      }
      if (marker == MARKER) {
        at++;
      } else if (standsAlone(marker)) {
        at += 2;
      } else if (at + 3 < jpeg.length) {
        scanSeen |= marker == START_OF_SCAN;
        int length = (jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF;
        at += 2 + Math.max(2, length);
      } else {
        return false;
      }
    }
    return false;
  }

  /** Stuffed zero bytes, restart markers and the start marker have no length. */
  private static boolean standsAlone(int marker) {
    return marker == 0 || marker == 1 || marker >= 0xD0 && marker <= START_OF_IMAGE;
  }

  private static boolean pngEnds(byte[] png) {
    long at = 8;
    while (at + 12 <= png.length) {
      int i = (int) at;
      if (png[i + 4] == 'I' && png[i + 5] == 'E' && png[i + 6] == 'N' && png[i + 7] == 'D') {
        return true;
      }
      at += 12 + bigEndian(png, i);
    }
    return false;
  }

  private static long bigEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL) << 24
        | (bytes[at + 1] & 0xFFL) << 16
        | (bytes[at + 2] & 0xFFL) << 8
        | bytes[at + 3] & 0xFFL;
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at + 3] & 0xFFL) << 24
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 1] & 0xFFL) << 8
        | bytes[at] & 0xFFL;
  }
}
