package io.plateflow.jobs.track;

import static io.plateflow.jobs.TestFrames.carAlone;
import static io.plateflow.jobs.TestFrames.carWithPlate;
import static io.plateflow.jobs.TestFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.pass.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class StoredEvidenceTest {

  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8};

  @TempDir Path folder;
  private StoredEvidence evidence;

  @BeforeEach
  void open() {
    evidence =
        new StoredEvidence(
            new EvidenceStore(folder.toString()),
            EvidenceConfig.DEFAULT,
            4,
            new UnregisteredMetricsGroup());
  }

  @AfterEach
  void close() {
    evidence.close();
  }

  @Test
  void thePathsAreKnownAtOnceAndThePicturesAreThereAfterAFlush() throws Exception {
    Evidence kept = evidence.keep("p", frame("cam-1", 0), carWithPlate(0), Evidence.NONE);

    assertThat(kept.framePath()).endsWith("/2026/03/01/p/frame.jpg");
    assertThat(kept.vehiclePath()).endsWith("/2026/03/01/p/vehicle.jpg");
    assertThat(kept.platePath()).endsWith("/2026/03/01/p/plate.jpg");
    assertThat(files()).isEmpty();
    evidence.flush();
    assertThat(files()).containsExactly("p/frame.jpg", "p/plate.jpg", "p/vehicle.jpg");
    assertThat(Files.readAllBytes(Path.of(kept.framePath()))).startsWith(JPEG);
  }

  @Test
  void onlyWhatIsPublishedIsWrittenBeforeACheckpoint() throws Exception {
    Evidence told = evidence.keep("p", frame("cam-1", 0), carAlone(0), Evidence.NONE);
    evidence.keep("q", frame("cam-1", 0), carAlone(0), Evidence.NONE);
    evidence.publish(told);
    evidence.close();

    assertThat(files()).containsExactly("p/frame.jpg", "p/vehicle.jpg");
  }

  @Test
  void whatWasWrittenForACheckpointIsReplacedAndNoiseIsRemoved() throws Exception {
    Evidence withPlate = evidence.keep("p", frame("cam-1", 0), carWithPlate(0), Evidence.NONE);
    Evidence noise = evidence.keep("q", frame("cam-1", 0), carAlone(0), Evidence.NONE);
    evidence.flush();
    Evidence better = evidence.keep("p", frame("cam-1", 1), carAlone(0), withPlate);
    evidence.discard(noise);
    evidence.publish(better);
    evidence.flush();

    // The better frame shows no plate, so no plate is left of the earlier one.
    assertThat(files()).containsExactly("p/frame.jpg", "p/vehicle.jpg");
  }

  @Test
  void aPassOverMidnightLeavesNothingUnderTheDayBefore() throws Exception {
    Frame late = at("2026-03-01T23:59:59.900Z");
    Frame early = at("2026-03-02T00:00:00.100Z");
    Evidence before = evidence.keep("p", late, carAlone(0), Evidence.NONE);
    evidence.flush();
    evidence.keep("p", early, carAlone(0), before);
    evidence.flush();

    assertThat(folder.resolve("2026/03/01")).doesNotExist();
    assertThat(folder.resolve("2026/03/02/p/frame.jpg")).exists();
  }

  private static Frame at(String time) {
    Frame any = frame("cam-1", 0);
    return new Frame(any.camera(), 0, Instant.parse(time), any.receivedAt(), null, any.pixels());
  }

  private List<String> files() throws IOException {
    Path day = folder.resolve("2026/03/01");
    if (!Files.exists(day)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(day)) {
      return all.filter(Files::isRegularFile)
          .map(file -> day.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
