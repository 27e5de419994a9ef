package io.plateflow.connectors.camera;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type of the camera source's stream, whose frames stay within one chain. */
public final class CameraRecordTypeInfo extends TypeInformation<CameraRecord> {

  public static final CameraRecordTypeInfo INSTANCE = new CameraRecordTypeInfo();

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
  public Class<CameraRecord> getTypeClass() {
    return CameraRecord.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<CameraRecord> createSerializer(SerializerConfig config) {
    return CameraRecordSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "CameraRecord";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CameraRecordTypeInfo;
  }

  @Override
  public int hashCode() {
    return CameraRecordTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CameraRecordTypeInfo;
  }
}
