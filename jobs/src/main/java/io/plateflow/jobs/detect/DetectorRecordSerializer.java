package io.plateflow.jobs.detect;

import io.plateflow.connectors.types.ImmutableSerializer;
import io.plateflow.connectors.types.OpaqueTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Of the detector's stream, which stays within one chain: it is handed on, never written. */
public final class DetectorRecordSerializer extends ImmutableSerializer<DetectorRecord> {

  static final DetectorRecordSerializer INSTANCE = new DetectorRecordSerializer();

  /** Type of the detector's stream. */
  public static final TypeInformation<DetectorRecord> TYPE =
      new OpaqueTypeInfo<>(DetectorRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(DetectorRecord record, DataOutputView target) {
    throw outsideChain(record.cameraId());
  }

  @Override
  public DetectorRecord deserialize(DataInputView source) {
    throw outsideChain("?");
  }

  private static IllegalStateException outsideChain(String camera) {
    return new IllegalStateException(
        "Pixels never leave the chain: a detected frame of camera %s was about to be serialized;"
                .formatted(camera)
            + " detector and tracker must be chained, with the same parallelism");
  }

  @Override
  public TypeSerializerSnapshot<DetectorRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer; it has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DetectorRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
