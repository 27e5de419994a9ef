package io.plateflow.connectors.camera.split;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.schemas.camera.CameraDefinition;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Serializes splits for checkpoints and assignment. */
public final class CameraSplitSerializer implements SimpleVersionedSerializer<CameraSplit> {

  public static final CameraSplitSerializer INSTANCE = new CameraSplitSerializer();

  private static final int VERSION = 3;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(CameraSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    CameraDefinitionCodec.write(split.camera(), out);
    CameraPosition position = split.position();
    out.writeLong(position.nextSequence());
    out.writeLong(position.lastTimestampMicros());
    out.writeBoolean(position.lastEntry() != null);
    if (position.lastEntry() != null) {
      out.writeUTF(position.lastEntry());
    }
    CameraDefinitionCodec.writeInstant(position.lastCapturedAt(), out);
    out.writeLong(position.nextDueMicros());
    out.writeLong(position.frames());
    out.writeLong(position.rejected());
    out.writeBoolean(position.ended());
    return out.getCopyOfBuffer();
  }

  @Override
  public CameraSplit deserialize(int version, byte[] serialized) throws IOException {
    return switch (version) {
      case 0, 1, 2, 3 -> read(version, serialized);
      default ->
          throw new IOException(
              "Camera split: found version %d, expected 0 to %d".formatted(version, VERSION));
    };
  }

  private static CameraSplit read(int version, byte[] serialized) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    CameraDefinition camera = CameraDefinitionCodec.read(version, in);
    long nextSequence = in.readLong();
    long lastTimestampMicros = in.readLong();
    String lastEntry = in.readBoolean() ? in.readUTF() : null;
    Instant lastCapturedAt = CameraDefinitionCodec.readInstant(in);
    CameraPosition position =
        new CameraPosition(
            nextSequence,
            lastTimestampMicros,
            lastEntry,
            lastCapturedAt,
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readBoolean());
    if (in.available() != 0) {
      throw new IOException(
          "Camera split %s: found %d bytes behind its end".formatted(camera.id(), in.available()));
    }
    return new CameraSplit(camera, position);
  }
}
