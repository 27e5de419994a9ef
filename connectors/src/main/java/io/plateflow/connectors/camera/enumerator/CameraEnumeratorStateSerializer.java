package io.plateflow.connectors.camera.enumerator;

import io.plateflow.connectors.camera.split.CameraDefinitionCodec;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.connectors.camera.split.CameraSplitSerializer;
import io.plateflow.schemas.camera.CameraDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Serializes the enumerator's state for checkpoints. */
public final class CameraEnumeratorStateSerializer
    implements SimpleVersionedSerializer<CameraEnumeratorState> {

  public static final CameraEnumeratorStateSerializer INSTANCE =
      new CameraEnumeratorStateSerializer();

  private static final int VERSION = 3;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(CameraEnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    out.writeInt(state.assigned().size());
    for (CameraDefinition camera : state.assigned()) {
      CameraDefinitionCodec.write(camera, out);
    }
    out.writeInt(state.ended().size());
    for (String id : new TreeSet<>(state.ended())) {
      out.writeUTF(id);
    }
    out.writeInt(state.returned().size());
    for (CameraSplit split : state.returned()) {
      byte[] bytes = CameraSplitSerializer.INSTANCE.serialize(split);
      out.writeInt(CameraSplitSerializer.INSTANCE.getVersion());
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public CameraEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
    return switch (version) {
      case 0, 1, 2, 3 -> read(version, serialized);
      default ->
          throw new IOException(
              "Camera enumerator state: found version %d, expected 0 to %d"
                  .formatted(version, VERSION));
    };
  }

  private static CameraEnumeratorState read(int version, byte[] serialized) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    List<CameraDefinition> assigned = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      assigned.add(CameraDefinitionCodec.read(version, in));
    }
    Set<String> ended = new LinkedHashSet<>();
    for (int n = in.readInt(); n > 0; n--) {
      ended.add(in.readUTF());
    }
    List<CameraSplit> returned = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      int splitVersion = in.readInt();
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      returned.add(CameraSplitSerializer.INSTANCE.deserialize(splitVersion, bytes));
    }
    if (in.available() != 0) {
      throw new IOException(
          "Camera enumerator state: found %d bytes behind its end".formatted(in.available()));
    }
    return new CameraEnumeratorState(assigned, ended, returned);
  }
}
