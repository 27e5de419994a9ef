package io.plateflow.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * Operator state as a release wrote it. A file of a release is never written anew; how a new one is
 * made stands in {@code src/test/resources/state/README.md}.
 */
public final class StateFile {

  private static final String WRITE = "plateflow.write-state";

  /** Takes the snapshot that a new file is made of. */
  @FunctionalInterface
  public interface Snapshot {
    OperatorSubtaskState take() throws Exception;
  }

  private StateFile() {}

  /** The state in this file. */
  public static OperatorSubtaskState kept(String name, Snapshot now) throws Exception {
    Path file = Path.of("src/test/resources/state", name);
    if (Boolean.getBoolean(WRITE) && !Files.exists(file)) {
      OperatorSnapshotUtil.writeStateHandle(now.take(), file.toString());
    }
    return OperatorSnapshotUtil.readStateHandle(file.toString());
  }
}
