package io.plateflow.jobs.evidence;

import java.io.Serializable;

/**
 * Which pictures are kept, where, and how they are written.
 *
 * @param directory a path of Flink's FileSystem, or null to keep no pictures
 * @param frames whether the whole frame is kept beside the crops
 * @param writers threads of a task that write, at least 1
 * @param queueSize pictures of a task that may wait for a writer, at least 1; when more do, the
 *     task waits
 */
public record EvidenceConfig(String directory, boolean frames, int writers, int queueSize)
    implements Serializable {

  public static final EvidenceConfig DEFAULT = new EvidenceConfig(null, true, 2, 64);

  /** With this folder where none is given. */
  public EvidenceConfig withDefaultDirectory(String folder) {
    return directory != null ? this : new EvidenceConfig(folder, frames, writers, queueSize);
  }
}
