package io.plateflow.api.platerecognizer;

import io.plateflow.api.http.BodyLimits;
import io.plateflow.api.http.Form;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.UploadedFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client of {@code plate-reader} sends.
 *
 * @param cameraId null where the client names none
 * @param timestamp as given, or null
 * @param capturedAt what the timestamp says; null where it says nothing that is understood
 * @param mmc whether make, model and colour are wanted
 */
record ReadRequest(
    byte[] picture,
    String filename,
    @Nullable String cameraId,
    @Nullable String timestamp,
    @Nullable Instant capturedAt,
    boolean mmc,
    EngineConfig config,
    RegionHints regions) {

  static final String UPLOAD = "upload";
  private static final String CAMERA = "camera_id";
  private static final String NO_NAME = "upload.jpg";
  private static final int LONGEST_CAMERA = 64;
  private static final int LONGEST_TIMESTAMP = 64;

  /**
   * @param countries whose plates are known
   * @throws Refusal that names the field at fault
   */
  static ReadRequest of(Form form, Set<String> countries) {
    EngineConfig config = EngineConfig.of(form.text("config"));
    boolean mmc = Booleans.of("mmc", form.text("mmc"));
    String camera = form.text(CAMERA);
    if (camera != null && camera.length() > LONGEST_CAMERA) {
      throw Refusal.field(
          CAMERA, "Ensure this field has no more than %d characters.".formatted(LONGEST_CAMERA));
    }
    String timestamp = form.text("timestamp");
    if (timestamp != null && timestamp.length() > LONGEST_TIMESTAMP) {
      throw Refusal.field("timestamp", "Datetime has wrong format.");
    }
    RegionHints regions = RegionHints.of(form.all("regions"), countries);
    UploadedFile file = form.file(UPLOAD);
    byte[] picture = file == null ? base64(form) : file.bytes();
    if (picture.length == 0) {
      throw Refusal.field(UPLOAD, "The submitted file is empty.");
    }
    return new ReadRequest(
        picture,
        file == null || file.name().isEmpty() ? NO_NAME : file.name(),
        camera == null || camera.isEmpty() ? null : camera,
        timestamp == null || timestamp.isBlank() ? null : timestamp,
        timestamp == null ? null : instant(timestamp.strip()),
        mmc,
        config,
        regions);
  }

  private static byte[] base64(Form form) {
    String text = form.text(UPLOAD);
    if (text == null) {
      throw Refusal.field(
          UPLOAD,
          form.text("upload_url") == null
              ? "No file was submitted."
              : "No file was submitted; upload_url is not fetched here.");
    }
    int comma = text.startsWith("data:") ? text.indexOf(',') : -1;
    // A plus that was not encoded comes out of a form as a blank.
    String bare = text.substring(comma + 1).strip().replaceAll("[\\r\\n\\t]", "").replace(' ', '+');
    byte[] picture;
    try {
      picture = Base64.getDecoder().decode(bare);
    } catch (IllegalArgumentException e) {
      throw Refusal.field(UPLOAD, "Expected a file, or a picture in base64.");
    }
    if (picture.length > BodyLimits.FILE) {
      throw Refusal.of(
          Refusal.Kind.TOO_LARGE,
          "%s is too large: at most %d bytes.".formatted(UPLOAD, BodyLimits.FILE));
    }
    return picture;
  }

  private static @Nullable Instant instant(String text) {
    String iso = text.replace(' ', 'T');
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      try {
        return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException other) {
        // It is echoed all the same, as the original does.
        return null;
      }
    }
  }
}
