package io.plateflow.connectors.camera.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.camera.testing.GoldenFile;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.connectors.camera.split.CameraSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CameraEnumeratorStateSerializerTest {

  private static final CameraEnumeratorState STATE =
      new CameraEnumeratorState(
          List.of(TestCameras.camera("a", "a.mp4"), TestCameras.camera("b", "b.mp4")),
          Set.of("b"),
          List.of(
              new CameraSplit(
                  TestCameras.camera("a", "a.mp4"), TestCameras.behind(4, 160_000, null))));

  private static final CameraEnumeratorState KEPT =
      new CameraEnumeratorState(
          List.of(
              TestCameras.camera("a", "a.mp4").withRetention(Duration.ofDays(30)),
              TestCameras.camera("b", "b.mp4").withRetention(Duration.ZERO)),
          STATE.ended(),
          STATE.returned());

  private static final CameraEnumeratorState TURNED =
      new CameraEnumeratorState(
          List.of(
              TestCameras.turned(TestCameras.camera("a", "a.mp4")),
              TestCameras.camera("b", "b.mp4")),
          STATE.ended(),
          STATE.returned());

  private final CameraEnumeratorStateSerializer serializer =
      CameraEnumeratorStateSerializer.INSTANCE;

  @Test
  void readsBackWhatItWrote() throws Exception {
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(STATE)))
        .isEqualTo(STATE);
  }

  @Test
  void readsVersion0() throws Exception {
    assertThat(serializer.deserialize(0, GoldenFile.read("camera-enumerator-v0.bin")))
        .isEqualTo(STATE);
  }

  @Test
  void readsVersion1() throws Exception {
    assertThat(serializer.deserialize(1, GoldenFile.read("camera-enumerator-v1.bin")))
        .isEqualTo(
            new CameraEnumeratorState(
                List.of(
                    TestCameras.camera("a", "a.mp4").withSite("airport"),
                    TestCameras.camera("b", "b.mp4")),
                STATE.ended(),
                STATE.returned()));
  }

  @Test
  void readsVersion2() throws Exception {
    assertThat(serializer.deserialize(2, GoldenFile.read("camera-enumerator-v2.bin")))
        .isEqualTo(KEPT);
  }

  @Test
  void readsVersion3() throws Exception {
    assertThat(serializer.deserialize(3, GoldenFile.read("camera-enumerator-v3.bin")))
        .isEqualTo(TURNED);
  }

  @Test
  void refusesOtherVersionsAndFurtherBytes() throws Exception {
    byte[] bytes = serializer.serialize(STATE);
    assertThatThrownBy(() -> serializer.deserialize(7, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("Camera enumerator state: found version 7, expected 0 to 3");
    assertThatThrownBy(() -> serializer.deserialize(3, Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("Camera enumerator state: found 1 bytes behind its end");
  }
}
