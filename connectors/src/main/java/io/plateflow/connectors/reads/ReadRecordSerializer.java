package io.plateflow.connectors.reads;

import io.plateflow.clients.reads.ReadArrival;
import io.plateflow.clients.reads.ReadRecord;
import io.plateflow.clients.reads.ReadRejection;
import io.plateflow.connectors.types.BinaryForms;
import io.plateflow.connectors.types.ImmutableSerializer;
import io.plateflow.connectors.types.OpaqueTypeInfo;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.event.EventCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the records of reads on their way from the source. */
public final class ReadRecordSerializer extends ImmutableSerializer<ReadRecord> {

  public static final ReadRecordSerializer INSTANCE = new ReadRecordSerializer();

  /** Type of the stream of reads. */
  public static final TypeInformation<ReadRecord> TYPE =
      new OpaqueTypeInfo<>(ReadRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;
  private static final int ARRIVAL = 1;
  private static final int REJECTED = 2;
  private static final EventCodec<PlateReadEvent> READS = EventCodec.of(PlateReadEvent.class);

  @Override
  public void serialize(ReadRecord record, DataOutputView target) throws IOException {
    if (record instanceof ReadArrival arrival) {
      byte[] bytes = READS.encode(arrival.event());
      target.writeByte(ARRIVAL);
      target.writeInt(bytes.length);
      target.write(bytes);
    } else if (record instanceof ReadRejection rejection) {
      target.writeByte(REJECTED);
      BinaryForms.writeRejected(rejection.rejected(), target);
    }
  }

  @Override
  public ReadRecord deserialize(DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case ARRIVAL -> {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        yield new ReadArrival(READS.decode(bytes));
      }
      case REJECTED -> new ReadRejection(BinaryForms.readRejected(source));
      default ->
          throw new IOException(
              "Record of a read: found form %d, expected %d or %d"
                  .formatted(form, ARRIVAL, REJECTED));
    };
  }

  @Override
  public TypeSerializerSnapshot<ReadRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in state; it has no configuration of its own. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ReadRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
