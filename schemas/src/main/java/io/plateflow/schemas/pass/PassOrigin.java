package io.plateflow.schemas.pass;

import org.jspecify.annotations.Nullable;

/**
 * Where a pass comes from that no camera of this job saw.
 *
 * @param source the name that it was sent under
 * @param recordId unique within the source
 * @param upload whether it is a picture that somebody sent, and no camera's
 * @param uploadId of the upload that it came with, or null
 * @param sessionId the id that was reserved for its row, or null
 * @param originalPath of the picture as it was uploaded, or null
 */
public record PassOrigin(
    String source,
    String recordId,
    boolean upload,
    @Nullable String uploadId,
    @Nullable Long sessionId,
    @Nullable String originalPath) {

  /** The name in the place of a camera's id: no camera has it, for theirs are without {@code @}. */
  public static String cameraId(String source) {
    return "@" + source;
  }

  /** The id of the pass: the same for the same record. */
  public String passId() {
    return cameraId(source) + ":" + recordId;
  }
}
