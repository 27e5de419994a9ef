package io.plateflow.jobs.topology;

import io.plateflow.clients.ClientException;
import java.io.IOException;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Checks that checkpoints can be written, before the job starts. */
public final class CheckpointDirectory {

  /** More than a file system stores inline: a full disk must show. */
  private static final int PROBE_BYTES = 1 << 16;

  private CheckpointDirectory() {}

  /**
   * Writes a small file and removes it again.
   *
   * @param directory a path of Flink's FileSystem that this machine reaches as the cluster does
   * @throws ClientException that says what is wrong with it
   */
  public static void requireWritable(String directory) {
    Path folder = new Path(directory);
    Path probe = new Path(folder, ".probe-" + UUID.randomUUID());
    try {
      FileSystem files = folder.getFileSystem();
      if (!files.mkdirs(folder)) {
        throw new IOException("it cannot be created");
      }
      try (FSDataOutputStream out = files.create(probe, FileSystem.WriteMode.NO_OVERWRITE)) {
        out.write(new byte[PROBE_BYTES]);
      } finally {
        files.delete(probe, false);
      }
    } catch (IOException e) {
      throw new ClientException(
          "Cannot write checkpoints, without which nothing survives a failure:"
              + " job.checkpoint-directory=%s: %s; expected a folder that can be written and has room"
                  .formatted(directory, e.getMessage()),
          e);
    }
  }
}
