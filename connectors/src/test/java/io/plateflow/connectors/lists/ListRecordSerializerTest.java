package io.plateflow.connectors.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.lists.EntryChange;
import io.plateflow.clients.lists.ListChange;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ListRecordSerializerTest {

  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.123456Z");

  private static final Instant CHANGED = Instant.parse("2026-03-01T00:00:00.123Z");

  private final TypeSerializer<ListRecord> serializer =
      ListRecordSerializer.TYPE.createSerializer(new SerializerConfigImpl());

  @Test
  void entriesRemovalsAndRejectionsTravel() throws Exception {
    for (ListRecord record :
        List.of(
            new PlateStatusEntry(new PlateStatus("B1", PlateListType.BLACKLIST, 7, AT)),
            new PlateStatusEntry(new PlateStatus("B1", null, 8, AT)),
            new ListChange(
                new AccessList(
                    "staff",
                    "Staff",
                    ListMeaning.ALLOW,
                    "#00ff00",
                    0.3,
                    3,
                    0.9,
                    7,
                    CHANGED,
                    "operator",
                    false)),
            new EntryChange(
                new ListEntry(
                    "e1",
                    "staff",
                    "B1*",
                    false,
                    "A. Holder",
                    null,
                    List.of("north"),
                    List.of(),
                    "Mo-Fr 07:00-18:00",
                    CHANGED,
                    null,
                    8,
                    CHANGED,
                    null,
                    true)),
            // Longer than DataOutput.writeUTF takes.
            new ListRejection(
                new RejectedRecord("t-0", 4, "plate-status", "x".repeat(70_000), AT)))) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer.serialize(record, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      assertThat(serializer.deserialize(in)).isEqualTo(record);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void refusesAnUnknownForm() {
    DataInputDeserializer in = new DataInputDeserializer(new byte[] {9});
    assertThatThrownBy(() -> serializer.deserialize(in))
        .isInstanceOf(IOException.class)
        .hasMessage("Record of a list: found form 9, expected 1 to 4");
  }
}
