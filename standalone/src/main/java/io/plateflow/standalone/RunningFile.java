package io.plateflow.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells {@code scripts/psql} that this process has a Postgres, and where its data folder is. */
record RunningFile(Path path) implements AutoCloseable {

  /** Folder of these files; set by {@code scripts/run}. */
  static final String FOLDER = "plateflow.running";

  /**
   * @param data the run's data folder
   */
  static RunningFile write(Path folder, Path data) throws IOException {
    Path path =
        Files.createDirectories(folder).resolve(Long.toString(ProcessHandle.current().pid()));
    return new RunningFile(Files.writeString(path, data.toAbsolutePath() + "\n"));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
