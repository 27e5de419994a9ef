package io.plateflow.clients.camera.capture;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.png.PngDirectory;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The header of a JPEG or PNG, read before anything is decoded.
 *
 * @param takenAt from EXIF, or null
 */
record StillHeader(int width, int height, @Nullable Instant takenAt) {

  /**
   * @param zone of the place, for cameras that write no offset
   * @throws UnreadableImageException for bytes that are neither JPEG nor PNG
   */
  static StillHeader read(byte[] encoded, ZoneId zone) throws UnreadableImageException {
    try {
      FileType type =
          FileTypeDetector.detectFileType(
              new BufferedInputStream(new ByteArrayInputStream(encoded)));
      if (type != FileType.Jpeg && type != FileType.Png) {
        throw new UnreadableImageException(
            "found %s of %d bytes, expected JPEG or PNG"
                .formatted(
                    type == FileType.Unknown ? "no known image" : type.getName(), encoded.length));
      }
      Metadata metadata =
          ImageMetadataReader.readMetadata(new ByteArrayInputStream(encoded), encoded.length, type);
      return type == FileType.Jpeg
          ? size(
              metadata.getFirstDirectoryOfType(JpegDirectory.class),
              JpegDirectory.TAG_IMAGE_WIDTH,
              JpegDirectory.TAG_IMAGE_HEIGHT,
              takenAt(metadata, zone))
          : size(
              metadata.getFirstDirectoryOfType(PngDirectory.class),
              PngDirectory.TAG_IMAGE_WIDTH,
              PngDirectory.TAG_IMAGE_HEIGHT,
              takenAt(metadata, zone));
    } catch (IOException | ImageProcessingException | MetadataException e) {
      throw new UnreadableImageException(
          "found a damaged header (%s), expected JPEG or PNG".formatted(e.getMessage()), e);
    }
  }

  private static StillHeader size(
      @Nullable Directory directory, int width, int height, @Nullable Instant takenAt)
      throws MetadataException, UnreadableImageException {
    if (directory == null) {
      throw new UnreadableImageException("found no picture size, expected JPEG or PNG");
    }
    return new StillHeader(directory.getInt(width), directory.getInt(height), takenAt);
  }

  private static @Nullable Instant takenAt(Metadata metadata, ZoneId zone) {
    ExifSubIFDDirectory exif = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
    Date taken = exif == null ? null : exif.getDateOriginal(TimeZone.getTimeZone(zone));
    return taken == null ? null : taken.toInstant();
  }
}
