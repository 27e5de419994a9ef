package io.plateflow.schemas.frame;

import java.time.Instant;

/**
 * A frame or record that could not be used.
 *
 * @param source camera id, or topic and partition
 * @param position sequence number of the frame, or offset of the record
 * @param kind {@code frame}, {@code plate-status}, ...
 * @param reason what was found and what was expected
 */
public record RejectedRecord(
    String source, long position, String kind, String reason, Instant rejectedAt) {}
