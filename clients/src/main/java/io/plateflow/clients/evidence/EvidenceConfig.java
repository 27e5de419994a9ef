package io.plateflow.clients.evidence;

import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures are kept, where, and how they are written.
 *
 * @param directory a path of Flink's FileSystem, or null to keep no pictures
 * @param frames whether the whole frame is kept beside the crops
 * @param platePadding pixels around a plate in its picture
 * @param writers threads of a task that write
 * @param queueSize pictures of a task that may wait for a writer; when more do, the task waits
 */
@RecordBuilder
public record EvidenceConfig(
    @Nullable String directory,
    boolean frames,
    @Min(0) @Max(1000) int platePadding,
    @Min(1) @Max(64) int writers,
    @Min(1) @Max(10_000) int queueSize)
    implements EvidenceConfigBuilder.With, Serializable {

  public static final EvidenceConfig DEFAULT = new EvidenceConfig(null, true, 25, 2, 64);
}
