package io.plateflow.schemas.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Events whose every field has a value, which its name and its type tell. */
final class SampleEvents {

  private static final long NOON = 1_795_494_600_123L;

  private SampleEvents() {}

  static GenericRecord record(Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(field.name(), field.schema()));
    }
    return record;
  }

  private static Object value(String name, Schema schema) {
    return switch (schema.getType()) {
      case STRING -> name.toUpperCase(Locale.ROOT);
      case INT -> name.length();
      case LONG -> schema.getLogicalType() == null ? 1_000L * name.length() : NOON;
      case FLOAT -> 0.5f;
      case DOUBLE -> name.length() / 4.0;
      case BOOLEAN -> true;
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(1));
      case RECORD -> record(schema);
      case ARRAY -> List.of(value(name, schema.getElementType()));
      case UNION -> value(name, schema.getTypes().get(1));
      default -> throw new IllegalArgumentException("No sample of " + schema.getType());
    };
  }

  /** In single-object encoding. */
  static byte[] encode(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long fingerprint = SchemaNormalization.parsingFingerprint64(record.getSchema());
    out.write(0xC3);
    out.write(0x01);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(fingerprint)
            .array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
