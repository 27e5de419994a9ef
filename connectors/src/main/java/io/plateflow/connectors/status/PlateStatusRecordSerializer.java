package io.plateflow.connectors.status;

import io.plateflow.clients.status.PlateStatusEntry;
import io.plateflow.clients.status.PlateStatusRecord;
import io.plateflow.clients.status.PlateStatusRejection;
import io.plateflow.connectors.types.BinaryForms;
import io.plateflow.connectors.types.ImmutableSerializer;
import io.plateflow.connectors.types.OpaqueTypeInfo;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the records of the access list on their way to the operators. */
public final class PlateStatusRecordSerializer extends ImmutableSerializer<PlateStatusRecord> {

  public static final PlateStatusRecordSerializer INSTANCE = new PlateStatusRecordSerializer();

  /** Type of the access list's stream. */
  public static final TypeInformation<PlateStatusRecord> TYPE =
      new OpaqueTypeInfo<>(PlateStatusRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;
  private static final int ENTRY = 1;
  private static final int REJECTED = 2;

  @Override
  public void serialize(PlateStatusRecord record, DataOutputView target) throws IOException {
    if (record instanceof PlateStatusEntry entry) {
      PlateStatus status = entry.status();
      target.writeByte(ENTRY);
      BinaryForms.writeText(status.plate(), target);
      BinaryForms.writeTextOrNull(status.type() == null ? null : status.type().name(), target);
      target.writeLong(status.version());
      BinaryForms.writeInstant(status.changedAt(), target);
    } else if (record instanceof PlateStatusRejection rejection) {
      target.writeByte(REJECTED);
      BinaryForms.writeRejected(rejection.rejected(), target);
    }
  }

  @Override
  public PlateStatusRecord deserialize(DataInputView source) throws IOException {
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
      case REJECTED -> new PlateStatusRejection(BinaryForms.readRejected(source));
      default ->
          throw new IOException(
              "Plate-status record: found form %d, expected %d or %d"
                  .formatted(form, ENTRY, REJECTED));
    };
  }

  @Override
  public TypeSerializerSnapshot<PlateStatusRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in state; it has no configuration of its own. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PlateStatusRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
