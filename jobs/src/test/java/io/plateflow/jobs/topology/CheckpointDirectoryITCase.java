package io.plateflow.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.ClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryITCase {

  @TempDir Path folder;

  @Test
  void aFolderThatCanBeWrittenIsMadeAndLeftEmpty() {
    Path checkpoints = folder.resolve("a/b");
    CheckpointDirectory.requireWritable(checkpoints.toUri().toString());
    assertThat(checkpoints).isEmptyDirectory();
  }

  @Test
  void whatIsWrongIsSaidWithThePlace() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    String inTheWay = file.resolve("checkpoints").toUri().toString();
    assertThatThrownBy(() -> CheckpointDirectory.requireWritable(inTheWay))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("job.checkpoint-directory=" + inTheWay);
    assertThatThrownBy(() -> CheckpointDirectory.requireWritable("nosuch://bucket/checkpoints"))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("nosuch");
  }
}
