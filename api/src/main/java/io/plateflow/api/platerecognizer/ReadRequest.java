package io.plateflow.api.platerecognizer;

import io.plateflow.api.http.Form;
import io.plateflow.api.http.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Function;
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
    SentPicture picture,
    @Nullable String cameraId,
    @Nullable String timestamp,
    @Nullable Instant capturedAt,
    boolean mmc,
    EngineConfig config,
    RegionHints regions) {

  private static final String CAMERA = "camera_id";
  private static final int LONGEST_CAMERA = 64;
  private static final int LONGEST_TIMESTAMP = 64;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * @param countries whose plates are known
   * @param fetched what stands at an address
   * @throws Refusal that names the field at fault
   */
  static ReadRequest of(Form form, Set<String> countries, Function<String, byte[]> fetched) {
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
    return new ReadRequest(
        SentPicture.of(form, fetched),
        camera == null || camera.isEmpty() ? null : camera,
        timestamp == null || timestamp.isBlank() ? null : timestamp,
        timestamp == null ? null : plausible(instant(timestamp.strip())),
        mmc,
        config,
        regions);
  }

  /** What no photo was taken at is no time; it is echoed all the same. */
  private static @Nullable Instant plausible(@Nullable Instant at) {
    return at == null || at.isBefore(Instant.EPOCH) || at.isAfter(LATEST) ? null : at;
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
