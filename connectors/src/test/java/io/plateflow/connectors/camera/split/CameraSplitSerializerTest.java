package io.plateflow.connectors.camera.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.testing.GoldenFile;
import io.plateflow.clients.camera.testing.TestCameras;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CameraSplitSerializerTest {

  private static final CameraSplit SPLIT =
      new CameraSplit(
          TestCameras.camera("gate-1", "rtsp://${USER}:${PASSWORD}@10.0.0.4/x", null, 12.5),
          new CameraPosition(
              42,
              1_680_000,
              "c.jpg",
              Instant.parse("2026-03-01T01:00:01.680000123Z"),
              1_772_326_801_760_000L,
              40,
              2,
              true));

  private static final CameraSplit AT_THE_AIRPORT =
      new CameraSplit(SPLIT.camera().withSite("airport"), SPLIT.position());

  private static final CameraSplit KEPT_FOR_A_MONTH =
      new CameraSplit(AT_THE_AIRPORT.camera().withRetention(Duration.ofDays(30)), SPLIT.position());

  private static final CameraSplit TURNED =
      new CameraSplit(TestCameras.turned(KEPT_FOR_A_MONTH.camera()), SPLIT.position());

  private final CameraSplitSerializer serializer = CameraSplitSerializer.INSTANCE;

  @Test
  void readsBackWhatItWrote() throws Exception {
    for (CameraSplit split :
        new CameraSplit[] {
          SPLIT,
          AT_THE_AIRPORT,
          KEPT_FOR_A_MONTH,
          TURNED,
          CameraSplit.fresh(TestCameras.camera("a", "a.mp4"))
        }) {
      byte[] bytes = serializer.serialize(split);
      assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(split);
    }
  }

  @Test
  void readsVersion0() throws Exception {
    assertThat(serializer.deserialize(0, GoldenFile.read("camera-split-v0.bin"))).isEqualTo(SPLIT);
  }

  @Test
  void readsVersion1() throws Exception {
    assertThat(serializer.deserialize(1, GoldenFile.read("camera-split-v1.bin")))
        .isEqualTo(AT_THE_AIRPORT);
  }

  @Test
  void readsVersion2() throws Exception {
    assertThat(serializer.deserialize(2, GoldenFile.read("camera-split-v2.bin")))
        .isEqualTo(KEPT_FOR_A_MONTH);
  }

  @Test
  void readsVersion3() throws Exception {
    assertThat(serializer.deserialize(3, GoldenFile.read("camera-split-v3.bin"))).isEqualTo(TURNED);
  }

  @Test
  void refusesOtherVersionsAndFurtherBytes() throws Exception {
    byte[] bytes = serializer.serialize(SPLIT);
    assertThatThrownBy(() -> serializer.deserialize(4, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("Camera split: found version 4, expected 0 to 3");
    assertThatThrownBy(() -> serializer.deserialize(3, Arrays.copyOf(bytes, bytes.length + 3)))
        .isInstanceOf(IOException.class)
        .hasMessage("Camera split gate-1: found 3 bytes behind its end");
  }
}
