package io.plateflow.connectors.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.reads.ReadArrival;
import io.plateflow.clients.reads.ReadRecord;
import io.plateflow.clients.reads.ReadRejection;
import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.avro.SeenVehicle;
import io.plateflow.schemas.frame.RejectedRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ReadRecordSerializerTest {

  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.123Z");

  @Test
  void readsAndRejectionsTravel() throws Exception {
    PlateReadEvent event =
        PlateReadEvent.newBuilder()
            .setRecordId("r1")
            .setSource("desk")
            .setKind(ReadKind.UPLOAD)
            .setCapturedAt(AT)
            .setFrameWidth(640)
            .setFrameHeight(360)
            .setVehicle(new SeenVehicle("car", 0.9, new FrameBox(1.5, 2.0, 3.0, 4.0)))
            .setSessionId(7L)
            .build();
    for (ReadRecord record :
        List.of(
            new ReadArrival(event),
            new ReadRejection(new RejectedRecord("t-0", 4, "read", "why", AT)))) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      ReadRecordSerializer.INSTANCE.serialize(record, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      assertThat(ReadRecordSerializer.INSTANCE.deserialize(in)).isEqualTo(record);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void refusesAnUnknownForm() {
    DataInputDeserializer in = new DataInputDeserializer(new byte[] {9});
    assertThatThrownBy(() -> ReadRecordSerializer.INSTANCE.deserialize(in))
        .isInstanceOf(IOException.class)
        .hasMessage("Record of a read: found form 9, expected 1 or 2");
  }
}
