package io.plateflow.jobs.evidence;

import static io.plateflow.jobs.TestFrames.carAlone;
import static io.plateflow.jobs.TestFrames.carWithPlate;
import static io.plateflow.jobs.TestFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.evidence.EvidenceConfig;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Evidence;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StoredEvidenceTest {

  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8};

  @TempDir Path folder;
  private StoredEvidence evidence;

  @BeforeEach
  void open() {
    evidence =
        new StoredEvidence(
            new EvidenceStore(folder.toString()),
            EvidenceConfig.DEFAULT.withPlatePadding(4),
            false,
            new UnregisteredMetricsGroup());
  }

  @AfterEach
  void close() {
    evidence.close();
  }

  @Test
  void thePathsAreKnownAtOnceAndThePicturesAreThereAfterAFlush() throws Exception {
    Evidence kept = keep("p", frame("cam-1", 0), carWithPlate(0), Evidence.NONE);

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
    Evidence told = keep("p", frame("cam-1", 0), carAlone(0), Evidence.NONE);
    keep("q", frame("cam-1", 0), carAlone(0), Evidence.NONE);
    evidence.publish(told);
    evidence.close();

    assertThat(files()).containsExactly("p/frame.jpg", "p/vehicle.jpg");
  }

  @Test
  void whatWasWrittenForACheckpointIsReplacedAndNoiseIsRemoved() throws Exception {
    Evidence withPlate = keep("p", frame("cam-1", 0), carWithPlate(0), Evidence.NONE);
    Evidence noise = keep("q", frame("cam-1", 0), carAlone(0), Evidence.NONE);
    evidence.flush();
    Evidence better = keep("p", frame("cam-1", 1), carAlone(0), withPlate);
    evidence.discard(noise);
    evidence.publish(better);
    evidence.flush();

    // The better frame shows no plate, so no plate is left of the earlier one.
    assertThat(files()).containsExactly("p/frame.jpg", "p/vehicle.jpg");
  }

  @Test
  void thePicturesOfAPassThatStaysOpenLookNewEverySixHours() throws Exception {
    AtomicLong nanos = new AtomicLong();
    Instant old = Instant.parse("2026-03-01T08:00:00Z");
    try (StoredEvidence open =
        new StoredEvidence(
            new EvidenceStore(folder.toString()),
            EvidenceConfig.DEFAULT,
            false,
            new UnregisteredMetricsGroup(),
            nanos::get)) {
      Evidence kept =
          open.keep("p", frame("cam-1", 0), carAlone(0), List.of(carAlone(0)), Evidence.NONE)
              .evidence();
      open.inView("p", kept);
      open.flush();
      Path frame = Path.of(kept.framePath());

      Files.setLastModifiedTime(frame, FileTime.from(old));
      nanos.addAndGet(Duration.ofHours(5).toNanos());
      open.inView("p", kept);
      open.flush();
      assertThat(Files.getLastModifiedTime(frame).toInstant()).isEqualTo(old);

      nanos.addAndGet(Duration.ofHours(1).toNanos());
      open.inView("p", kept);
      open.flush();
      assertThat(Files.getLastModifiedTime(frame).toInstant()).isAfter(old);
    }
  }

  @Test
  void aPassOverMidnightLeavesNothingUnderTheDayBefore() throws Exception {
    Frame late = at("2026-03-01T23:59:59.900Z");
    Frame early = at("2026-03-02T00:00:00.100Z");
    Evidence before = keep("p", late, carAlone(0), Evidence.NONE);
    evidence.flush();
    keep("p", early, carAlone(0), before);
    evidence.flush();

    assertThat(folder.resolve("2026/03/01")).doesNotExist();
    assertThat(folder.resolve("2026/03/02/p/frame.jpg")).exists();
  }

  @Test
  void withBlurThePlateIsInNoPictureThatIsStored() throws Exception {
    Path blurred = folder.resolve("blurred");
    PairedDetection other = carWithPlate(300);
    Frame frame = striped();
    try (StoredEvidence hiding =
        new StoredEvidence(
            new EvidenceStore(blurred.toString()),
            EvidenceConfig.DEFAULT.withPlatePadding(4),
            true,
            new UnregisteredMetricsGroup())) {
      EvidenceKeeper.Kept kept =
          hiding.keep("p", frame, carWithPlate(0), List.of(carWithPlate(0), other), Evidence.NONE);
      hiding.flush();

      Path day = blurred.resolve("2026/03/01/p");
      assertThat(kept.evidence().platePath()).endsWith("/2026/03/01/p/plate.jpg");
      assertThat(day.resolve("plate.jpg")).doesNotExist();
      assertThat(contrast(kept.platePicture(), null)).isGreaterThan(100);
      for (PairedDetection seen : List.of(carWithPlate(0), other)) {
        assertThat(contrast(Files.readAllBytes(day.resolve("frame.jpg")), seen.plate().box()))
            .isLessThan(30);
      }
      BoundingBox inCrop = carWithPlate(0).plate().box().shifted(-100, -100);
      assertThat(contrast(Files.readAllBytes(day.resolve("vehicle.jpg")), inCrop)).isLessThan(30);
      assertThat(contrast(Files.readAllBytes(day.resolve("frame.jpg")), null)).isGreaterThan(100);
    }
  }

  @Test
  void aPictureOfAPlateShowsNoPartOfItsNeighbour() throws Exception {
    PairedDetection beside = carWithPlate(82);
    try (StoredEvidence hiding =
        new StoredEvidence(
            new EvidenceStore(folder.toString()),
            EvidenceConfig.DEFAULT.withPlatePadding(4),
            true,
            new UnregisteredMetricsGroup())) {
      byte[] alone =
          hiding
              .keep("p", striped(), carWithPlate(0), List.of(carWithPlate(0)), Evidence.NONE)
              .platePicture();
      byte[] crowded =
          hiding
              .keep(
                  "p", striped(), carWithPlate(0), List.of(carWithPlate(0), beside), Evidence.NONE)
              .platePicture();
      assertThat(image(alone).getWidth()).isEqualTo(88);
      assertThat(image(crowded).getWidth()).isEqualTo(80);
    }
  }

  private Evidence keep(String pass, Frame frame, PairedDetection seen, Evidence before)
      throws InterruptedException {
    return evidence.keep(pass, frame, seen, List.of(seen), before).evidence();
  }

  /** Black and white stripes four pixels wide. */
  private static Frame striped() {
    Frame any = frame("cam-1", 0);
    for (int i = 0; i < 640 * 360; i++) {
      byte value = i % 640 / 4 % 2 == 0 ? 0 : (byte) 255;
      any.pixels().bgr().put(3 * i, value).put(3 * i + 1, value).put(3 * i + 2, value);
    }
    return any;
  }

  private static BufferedImage image(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  /** Largest difference of brightness of two neighbours in a row through the middle. */
  private static int contrast(byte[] jpeg, BoundingBox box) throws IOException {
    BufferedImage image = image(jpeg);
    int y = box == null ? image.getHeight() - 3 : (int) box.centreY();
    int from = box == null ? 8 : (int) box.x1();
    int to = box == null ? 40 : (int) box.x2();
    int most = 0;
    for (int x = from + 4; x < to; x++) {
      int step = (image.getRGB(x, y) & 0xFF) - (image.getRGB(x - 4, y) & 0xFF);
      most = Math.max(most, Math.abs(step));
    }
    return most;
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
