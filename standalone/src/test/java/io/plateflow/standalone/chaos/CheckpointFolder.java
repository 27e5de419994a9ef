package io.plateflow.standalone.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a run's checkpoints, which can be made unusable for a while: for root, too. */
final class CheckpointFolder {

  private final Path folder;
  private final Path aside;

  CheckpointFolder(Path folder) {
    this.folder = folder;
    this.aside = folder.resolveSibling(folder.getFileName() + ".aside");
  }

  /** From now on nothing can be written there, and what is there cannot be read. */
  void takeAway() throws IOException {
    Files.move(folder, aside);
    Files.createFile(folder);
  }

  void giveBack() throws IOException {
    Files.delete(folder);
    Files.move(aside, folder);
  }
}
