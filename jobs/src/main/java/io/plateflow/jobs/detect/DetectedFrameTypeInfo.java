package io.plateflow.jobs.detect;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Type of the detector's stream, which stays within one operator chain and is never serialized. */
public final class DetectedFrameTypeInfo extends TypeInformation<DetectedFrame> {

  public static final DetectedFrameTypeInfo INSTANCE = new DetectedFrameTypeInfo();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<DetectedFrame> getTypeClass() {
    return DetectedFrame.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<DetectedFrame> createSerializer(SerializerConfig config) {
    return Serializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "DetectedFrame";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DetectedFrameTypeInfo;
  }

  @Override
  public int hashCode() {
    return DetectedFrameTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof DetectedFrameTypeInfo;
  }

  /** Copies by reference; serializing throws. */
  static final class Serializer extends TypeSerializerSingleton<DetectedFrame> {

    static final Serializer INSTANCE = new Serializer();

    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public DetectedFrame createInstance() {
      return null;
    }

    @Override
    public DetectedFrame copy(DetectedFrame from) {
      return from;
    }

    @Override
    public DetectedFrame copy(DetectedFrame from, DetectedFrame reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public void serialize(DetectedFrame frame, DataOutputView target) {
      throw outsideChain(frame.cameraId());
    }

    @Override
    public DetectedFrame deserialize(DataInputView source) {
      throw outsideChain("?");
    }

    @Override
    public DetectedFrame deserialize(DetectedFrame reuse, DataInputView source) {
      throw outsideChain("?");
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      throw outsideChain("?");
    }

    private static IllegalStateException outsideChain(String camera) {
      return new IllegalStateException(
          "Pixels never leave the chain: a detected frame of camera %s was about to be serialized;"
                  .formatted(camera)
              + " detector and tracker must be chained, with the same parallelism");
    }

    @Override
    public TypeSerializerSnapshot<DetectedFrame> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Names the serializer; it has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DetectedFrame> {
    public Snapshot() {
      super(() -> Serializer.INSTANCE);
    }
  }
}
