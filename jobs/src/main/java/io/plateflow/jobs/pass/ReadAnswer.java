package io.plateflow.jobs.pass;

import io.plateflow.models.read.ReadingMode;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link ReadRequest}; every request gets one.
 *
 * @param read null where Gemini did not answer
 * @param attributes what Gemini sees beside the text, or null
 * @param detail why there is no read, or null
 */
public record ReadAnswer(
    String passId,
    String cameraId,
    ReadingMode mode,
    @Nullable PlateRead read,
    @Nullable PlateAttributes attributes,
    @Nullable String detail) {

  public static ReadAnswer without(ReadRequest request, String detail) {
    return new ReadAnswer(request.passId(), request.cameraId(), request.mode(), null, null, detail);
  }
}
