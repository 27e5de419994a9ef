package io.plateflow.models.image;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a picture's header says, read without decoding the picture. */
record ImageHeader(FileType type, int width, int height) {

  static ImageHeader read(byte[] encoded) throws UnreadableImageException {
    FileType type = typeOf(encoded);
    try {
      Metadata metadata =
          ImageMetadataReader.readMetadata(new ByteArrayInputStream(encoded), encoded.length, type);
      return switch (type) {
        case Jpeg ->
            sized(
                metadata,
                type,
                JpegDirectory.class,
                JpegDirectory.TAG_IMAGE_WIDTH,
                JpegDirectory.TAG_IMAGE_HEIGHT);
        case Png ->
            sized(
                metadata,
                type,
                PngDirectory.class,
                PngDirectory.TAG_IMAGE_WIDTH,
                PngDirectory.TAG_IMAGE_HEIGHT);
        case Bmp ->
            sized(
                metadata,
                type,
                BmpHeaderDirectory.class,
                BmpHeaderDirectory.TAG_IMAGE_WIDTH,
                BmpHeaderDirectory.TAG_IMAGE_HEIGHT);
        case WebP ->
            sized(
                metadata,
                type,
                WebpDirectory.class,
                WebpDirectory.TAG_IMAGE_WIDTH,
                WebpDirectory.TAG_IMAGE_HEIGHT);
        default -> throw unsupported(describe(type));
      };
    } catch (ImageProcessingException | IOException | MetadataException e) {
      throw new UnreadableImageException(
          "Broken %s header in %d bytes: %s".formatted(type, encoded.length, e.getMessage()), e);
    }
  }

  private static FileType typeOf(byte[] encoded) throws UnreadableImageException {
    if (encoded.length == 0) {
      throw unsupported("0 bytes");
    }
    FileType type;
    try {
      type =
          FileTypeDetector.detectFileType(
              new BufferedInputStream(new ByteArrayInputStream(encoded)));
    } catch (IOException | AssertionError e) {
      throw new UnreadableImageException("Not a picture: cannot tell what it is", e);
    }
    if (type == FileType.Unknown) {
      throw unsupported(looksLikeText(encoded) ? "text" : "bytes of no known picture format");
    }
    return type;
  }

  private static <D extends Directory> ImageHeader sized(
      Metadata metadata, FileType type, Class<D> kind, int widthTag, int heightTag)
      throws MetadataException, UnreadableImageException {
    for (D directory : metadata.getDirectoriesOfType(kind)) {
      if (directory.containsTag(widthTag) && directory.containsTag(heightTag)) {
        int width = directory.getInt(widthTag);
        // A negative height says that a bitmap's rows run from the top.
        int height = Math.abs(directory.getInt(heightTag));
        if (width < 1 || height < 1) {
          throw new UnreadableImageException(
              "Picture without pixels: found %dx%d, expected at least 1x1"
                  .formatted(width, height));
        }
        return new ImageHeader(type, width, height);
      }
    }
    throw new UnreadableImageException("%s without a size in its header".formatted(type));
  }

  private static UnreadableImageException unsupported(String found) {
    return new UnreadableImageException(
        "Not a picture that can be read: found %s, expected JPEG, PNG, WebP or BMP"
            .formatted(found));
  }

  private static String describe(FileType type) {
    return type.getLongName() == null ? type.getName() : type.getLongName();
  }

  private static boolean looksLikeText(byte[] encoded) {
    String start =
        new String(encoded, 0, Math.min(encoded.length, 256), StandardCharsets.ISO_8859_1);
    return start.chars().allMatch(c -> c >= ' ' && c != 127 || c == '\n' || c == '\r' || c == '\t');
  }
}
