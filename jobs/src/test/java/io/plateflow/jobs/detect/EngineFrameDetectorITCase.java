package io.plateflow.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.clients.camera.capture.GrabbedFrame;
import io.plateflow.clients.camera.capture.PixelPool;
import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.reading.LadderPlateReading;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.recognition.ImageRecognizer;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognitionRequest;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.models.testing.DrawnPlates;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture of nothing but a plate, as a still of a folder camera and as a frame of a film. */
class EngineFrameDetectorITCase {

  private static final BoundingBox WHOLE = new BoundingBox(0, 0, 320, 80);

  @TempDir private Path folder;

  @Test
  void aStillOfAFolderIsRecognizedAsAPictureIs() throws Exception {
    byte[] crop = DrawnPlates.fadedCrop("DK 4796 KT");
    Files.write(folder.resolve("plate.jpg"), crop);
    CameraDefinition camera = TestFrames.camera("folder", folder.toString(), null);
    Frame still = firstOf(camera);

    RecognizedImage picture;
    try (ImageRecognizer recognizer = ImageRecognizer.open(DetectionConfig.DEFAULT, this::reader)) {
      picture = recognizer.recognize(crop, RecognitionRequest.DEFAULT);
    }
    List<PairedDetection> found = detect(still);
    RecognizedPlate read;
    try (LadderPlateReading reading = new LadderPlateReading(reader(), LadderConfig.LOCAL)) {
      read = reading.read(still, found.get(0).plate());
    }

    PlateOnVehicle wanted = picture.detections().get(0);
    assertThat(found).isEqualTo(List.of(wanted.detection()));
    assertThat(found.get(0).plate().box()).isEqualTo(WHOLE);
    assertThat(read.read().text()).isEqualTo(wanted.read().text()).isNotEmpty();
    assertThat(read.read().confidence()).isEqualTo(wanted.read().confidence());
    assertThat(read.attributes()).isEqualTo(wanted.attributes());
  }

  @Test
  void aFrameOfAFilmIsNoPlateAsAWhole() throws Exception {
    Files.write(folder.resolve("plate.jpg"), DrawnPlates.fadedCrop("DK 4796 KT"));
    Frame still = firstOf(TestFrames.camera("folder", folder.toString(), null));
    Frame frame =
        new Frame(still.camera(), 0, still.capturedAt(), still.receivedAt(), null, still.pixels());

    assertThat(detect(frame))
        .noneMatch(found -> found.plate() != null && found.plate().box().equals(WHOLE));
  }

  private List<PairedDetection> detect(Frame frame) {
    try (EngineFrameDetector detector =
        new EngineFrameDetector(DetectionConfig.DEFAULT, OptionalInt.empty(), this::reader)) {
      FrameDetections found = detector.detect(frame).join();
      return found.detections();
    }
  }

  private PlateReader reader() {
    return LocalPlateReader.shared(ReaderConfig.DEFAULT);
  }

  private static Frame firstOf(CameraDefinition camera) throws Exception {
    try (CameraClient client =
        new CameraClients(FrameSourceConfig.DEFAULT, new ImageDecoder()).create(camera)) {
      client.open(CameraPosition.START);
      GrabbedFrame grab = client.next();
      return new Frame(
          camera,
          grab.sequence(),
          grab.capturedAt(),
          grab.capturedAt(),
          grab.entry(),
          grab.loader().load(new PixelPool("folder", 1), Rotation.NONE));
    }
  }
}
