package io.plateflow.connectors.corrections;

import io.plateflow.clients.corrections.CorrectionArrival;
import io.plateflow.clients.corrections.CorrectionRecord;
import io.plateflow.clients.corrections.CorrectionRejection;
import io.plateflow.connectors.types.BinaryForms;
import io.plateflow.connectors.types.ImmutableSerializer;
import io.plateflow.connectors.types.OpaqueTypeInfo;
import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.event.CorrectionEvents;
import io.plateflow.schemas.event.EventCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the records of corrections on their way from the source. */
public final class CorrectionRecordSerializer extends ImmutableSerializer<CorrectionRecord> {

  public static final CorrectionRecordSerializer INSTANCE = new CorrectionRecordSerializer();

  /** Type of the stream of corrections. */
  public static final TypeInformation<CorrectionRecord> TYPE =
      new OpaqueTypeInfo<>(CorrectionRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;
  private static final int ARRIVAL = 1;
  private static final int REJECTED = 2;
  private static final EventCodec<CorrectionEvent> CORRECTIONS =
      EventCodec.of(CorrectionEvent.class);

  @Override
  public void serialize(CorrectionRecord record, DataOutputView target) throws IOException {
    if (record instanceof CorrectionArrival arrival) {
      byte[] bytes = CORRECTIONS.encode(CorrectionEvents.event(arrival.correction()));
      target.writeByte(ARRIVAL);
      target.writeInt(bytes.length);
      target.write(bytes);
    } else if (record instanceof CorrectionRejection rejection) {
      target.writeByte(REJECTED);
      BinaryForms.writeRejected(rejection.rejected(), target);
    }
  }

  @Override
  public CorrectionRecord deserialize(DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case ARRIVAL -> {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        yield new CorrectionArrival(CorrectionEvents.correction(CORRECTIONS.decode(bytes)));
      }
      case REJECTED -> new CorrectionRejection(BinaryForms.readRejected(source));
      default ->
          throw new IOException(
              "Record of a correction: found form %d, expected %d or %d"
                  .formatted(form, ARRIVAL, REJECTED));
    };
  }

  @Override
  public TypeSerializerSnapshot<CorrectionRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in state; it has no configuration of its own. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CorrectionRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
