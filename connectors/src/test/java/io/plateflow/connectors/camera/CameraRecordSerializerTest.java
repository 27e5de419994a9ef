package io.plateflow.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.RejectedRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CameraRecordSerializerTest {

  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.123456Z");

  private final TypeSerializer<CameraRecord> serializer =
      CameraRecordSerializer.TYPE.createSerializer(new SerializerConfigImpl());
  private final CameraRecord frame =
      new CameraFrame(
          new Frame(
              TestCameras.camera("a", "a.mp4"),
              7,
              AT,
              AT,
              null,
              new Pixels(ByteBuffer.allocateDirect(3), 1, 1)));

  @Test
  void framesStayTheSameInTheChainAndDoNotLeaveIt() {
    assertThat(serializer.copy(frame)).isSameAs(frame);
    assertThatThrownBy(() -> serializer.serialize(frame, new DataOutputSerializer(64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Pixels never leave the chain: frame 7 of camera a");
  }

  @Test
  void rejectionsAndStatesTravel() throws Exception {
    for (CameraRecord record :
        new CameraRecord[] {
          new CameraRejection(new RejectedRecord("a", 4, "frame", "found text", AT)),
          new CameraStateChange(new CameraStatus("a", CameraStatus.State.DOWN, "refused", AT, 12))
        }) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer.serialize(record, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      assertThat(serializer.deserialize(in)).isEqualTo(record);
      assertThat(in.available()).isZero();
      assertThat(record.cameraId()).isEqualTo("a");
    }
  }
}
