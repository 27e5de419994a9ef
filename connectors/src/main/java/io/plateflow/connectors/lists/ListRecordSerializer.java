package io.plateflow.connectors.lists;

import io.plateflow.clients.lists.EntryChange;
import io.plateflow.clients.lists.ListChange;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.connectors.types.BinaryForms;
import io.plateflow.connectors.types.ImmutableSerializer;
import io.plateflow.connectors.types.OpaqueTypeInfo;
import io.plateflow.schemas.avro.AccessListEvent;
import io.plateflow.schemas.avro.ListEntryEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.ListEvents;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the records of lists on their way to the operators. */
public final class ListRecordSerializer extends ImmutableSerializer<ListRecord> {

  public static final ListRecordSerializer INSTANCE = new ListRecordSerializer();

  /** Type of the stream of lists. */
  public static final TypeInformation<ListRecord> TYPE =
      new OpaqueTypeInfo<>(ListRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;
  private static final int ENTRY = 1;
  private static final int REJECTED = 2;
  private static final int LIST = 3;
  private static final int LIST_ENTRY = 4;
  private static final EventCodec<AccessListEvent> LISTS = EventCodec.of(AccessListEvent.class);
  private static final EventCodec<ListEntryEvent> ENTRIES = EventCodec.of(ListEntryEvent.class);

  @Override
  public void serialize(ListRecord record, DataOutputView target) throws IOException {
    if (record instanceof PlateStatusEntry entry) {
      PlateStatus status = entry.status();
      target.writeByte(ENTRY);
      BinaryForms.writeText(status.plate(), target);
      BinaryForms.writeTextOrNull(status.type() == null ? null : status.type().name(), target);
      target.writeLong(status.version());
      BinaryForms.writeInstant(status.changedAt(), target);
    } else if (record instanceof ListRejection rejection) {
      target.writeByte(REJECTED);
      BinaryForms.writeRejected(rejection.rejected(), target);
    } else if (record instanceof ListChange change) {
      target.writeByte(LIST);
      writeBytes(LISTS.encode(ListEvents.list(change.list())), target);
    } else if (record instanceof EntryChange change) {
      target.writeByte(LIST_ENTRY);
      writeBytes(ENTRIES.encode(ListEvents.entry(change.entry())), target);
    }
  }

  private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  private static byte[] readBytes(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return bytes;
  }

  @Override
  public ListRecord deserialize(DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case ENTRY -> {
        String plate = BinaryForms.readText(source);
        String type = BinaryForms.readTextOrNull(source);
        yield new PlateStatusEntry(
            new PlateStatus(
                plate,
                type == null ? null : PlateListType.valueOf(type),
                source.readLong(),
                BinaryForms.readInstant(source)));
      }
      case REJECTED -> new ListRejection(BinaryForms.readRejected(source));
      case LIST -> new ListChange(ListEvents.list(LISTS.decode(readBytes(source))));
      case LIST_ENTRY -> new EntryChange(ListEvents.entry(ENTRIES.decode(readBytes(source))));
      default ->
          throw new IOException(
              "Record of a list: found form %d, expected %d to %d"
                  .formatted(form, ENTRY, LIST_ENTRY));
    };
  }

  @Override
  public TypeSerializerSnapshot<ListRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in state; it has no configuration of its own. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ListRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
