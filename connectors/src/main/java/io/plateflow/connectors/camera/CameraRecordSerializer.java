package io.plateflow.connectors.camera;

import io.plateflow.connectors.types.BinaryForms;
import io.plateflow.connectors.types.ImmutableSerializer;
import io.plateflow.connectors.types.OpaqueTypeInfo;
import io.plateflow.schemas.camera.CameraStatus;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Keeps camera records within one chain: a frame refuses to be written. Rejections and states may
 * travel.
 */
public final class CameraRecordSerializer extends ImmutableSerializer<CameraRecord> {

  public static final CameraRecordSerializer INSTANCE = new CameraRecordSerializer();

  /** Type of the camera source's stream. */
  public static final TypeInformation<CameraRecord> TYPE =
      new OpaqueTypeInfo<>(CameraRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;
  private static final int REJECTED = 1;
  private static final int STATUS = 2;

  @Override
  public void serialize(CameraRecord record, DataOutputView target) throws IOException {
    if (record instanceof CameraFrame taken) {
      throw new IllegalStateException(
          "Pixels never leave the chain: frame %d of camera %s was about to be serialized; the operator behind the camera source must be chained to it, with the same parallelism and no shuffle"
              .formatted(taken.frame().sequence(), taken.cameraId()));
    } else if (record instanceof CameraRejection rejection) {
      target.writeByte(REJECTED);
      BinaryForms.writeRejected(rejection.rejected(), target);
    } else if (record instanceof CameraStateChange change) {
      CameraStatus status = change.status();
      target.writeByte(STATUS);
      BinaryForms.writeText(status.cameraId(), target);
      BinaryForms.writeText(status.state().name(), target);
      BinaryForms.writeText(status.reason(), target);
      BinaryForms.writeInstant(status.at(), target);
      target.writeLong(status.framesSoFar());
    }
  }

  @Override
  public CameraRecord deserialize(DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case REJECTED -> new CameraRejection(BinaryForms.readRejected(source));
      case STATUS ->
          new CameraStateChange(
              new CameraStatus(
                  BinaryForms.readText(source),
                  CameraStatus.State.valueOf(BinaryForms.readText(source)),
                  BinaryForms.readText(source),
                  BinaryForms.readInstant(source),
                  source.readLong()));
      default ->
          throw new IOException(
              "Camera record: found form %d, expected %d or %d".formatted(form, REJECTED, STATUS));
    };
  }

  @Override
  public TypeSerializerSnapshot<CameraRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in state; it has no configuration of its own. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CameraRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
