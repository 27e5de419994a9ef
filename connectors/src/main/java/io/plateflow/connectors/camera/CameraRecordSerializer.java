package io.plateflow.connectors.camera;

import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.RejectedRecord;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes rejections and states; frames stay within one operator chain: a copy is the record
 * itself, and writing one throws.
 */
public final class CameraRecordSerializer extends TypeSerializerSingleton<CameraRecord> {

  public static final CameraRecordSerializer INSTANCE = new CameraRecordSerializer();

  private static final long serialVersionUID = 1L;
  private static final int REJECTED = 1;
  private static final int STATUS = 2;

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public CameraRecord createInstance() {
    return null;
  }

  @Override
  public CameraRecord copy(CameraRecord from) {
    return from;
  }

  @Override
  public CameraRecord copy(CameraRecord from, CameraRecord reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(CameraRecord record, DataOutputView target) throws IOException {
    if (record.frame() != null) {
      throw new IllegalStateException(
          "Pixels never leave the chain: frame %d of camera %s was about to be serialized; the operator behind the camera source must be chained to it, with the same parallelism and no shuffle"
              .formatted(record.frame().sequence(), record.cameraId()));
    }
    if (record.rejected() != null) {
      RejectedRecord rejected = record.rejected();
      target.writeByte(REJECTED);
      target.writeUTF(rejected.source());
      target.writeLong(rejected.position());
      target.writeUTF(rejected.kind());
      target.writeUTF(rejected.reason());
      writeInstant(rejected.rejectedAt(), target);
    } else {
      CameraStatus status = record.status();
      target.writeByte(STATUS);
      target.writeUTF(status.cameraId());
      target.writeUTF(status.state().name());
      target.writeUTF(status.reason());
      writeInstant(status.at(), target);
      target.writeLong(status.framesSoFar());
    }
  }

  @Override
  public CameraRecord deserialize(DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case REJECTED ->
          CameraRecord.of(
              new RejectedRecord(
                  source.readUTF(),
                  source.readLong(),
                  source.readUTF(),
                  source.readUTF(),
                  readInstant(source)));
      case STATUS ->
          CameraRecord.of(
              new CameraStatus(
                  source.readUTF(),
                  CameraStatus.State.valueOf(source.readUTF()),
                  source.readUTF(),
                  readInstant(source),
                  source.readLong()));
      default ->
          throw new IOException(
              "Camera record: found form %d, expected %d or %d".formatted(form, REJECTED, STATUS));
    };
  }

  @Override
  public CameraRecord deserialize(CameraRecord reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  private static void writeInstant(Instant instant, DataOutputView target) throws IOException {
    target.writeLong(instant.getEpochSecond());
    target.writeInt(instant.getNano());
  }

  private static Instant readInstant(DataInputView source) throws IOException {
    return Instant.ofEpochSecond(source.readLong(), source.readInt());
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
