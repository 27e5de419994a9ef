package io.plateflow.schemas.event;

import io.plateflow.schemas.avro.AlertEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the events of this module in Avro's single-object encoding.
 *
 * <p>Bytes of an older version are read with the schema that they were written with. Of a version
 * that is not known here, a later one, the fields that are known are read: later versions only
 * append fields, which {@code LandedSchemasTest} holds them to.
 *
 * <p>The decoders that Avro generates into the event classes do not work by themselves: since
 * 1.12.2 Avro refuses to load any class that the running process has not declared trusted, in
 * global settings that belong to whoever runs the process. Here the classes are found without
 * asking it, and only those of the events' own package.
 */
public final class EventCodec<E extends SpecificRecordBase> {

  private static final EventClasses MODEL = new EventClasses();

  /** The marker of single-object encoding, and the fingerprint of the schema. */
  private static final int HEADER = 10;

  private static final int MARKER = 0x01C3;

  private final Schema schema;
  private final BinaryMessageEncoder<E> encoder;
  private final Map<Schema, DatumReader<E>> readers = new ConcurrentHashMap<>();

  private EventCodec(Class<E> type) {
    this.schema = MODEL.getSchema(type);
    this.encoder = new BinaryMessageEncoder<>(MODEL, schema);
  }

  public static <E extends SpecificRecordBase> EventCodec<E> of(Class<E> type) {
    return new EventCodec<>(type);
  }

  public byte[] encode(E event) {
    try {
      ByteBuffer buffer = encoder.encode(event);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode " + event.getSchema().getName(), e);
    }
  }

  /**
   * @throws UnreadableEventException when the bytes are damaged, or are no such event
   */
  public E decode(byte[] bytes) throws UnreadableEventException {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER || header.getShort() != MARKER) {
      throw new UnreadableEventException(
          "%s: found %d bytes without the header of Avro's single-object encoding"
              .formatted(schema.getName(), bytes.length),
          null);
    }
    long fingerprint = header.getLong();
    Schema writer = LandedSchemas.find(fingerprint);
    if (writer != null && !writer.getFullName().equals(schema.getFullName())) {
      throw unreadable("expected it, found " + writer.getName(), fingerprint, null);
    }
    BinaryDecoder body =
        DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
    E event;
    boolean rest;
    try {
      event = reader(writer == null ? schema : writer).read(null, body);
      rest = !body.isEnd();
    } catch (IOException | RuntimeException e) {
      throw unreadable("broken or of another kind: " + e.getMessage(), fingerprint, e);
    }
    // A later version has at least one field more, and a field takes at least one byte.
    if (rest != (writer == null)) {
      throw unreadable(
          rest ? "found bytes beyond its end" : "unknown schema, but no later version of it",
          fingerprint,
          null);
    }
    return event;
  }

  Schema schema() {
    return schema;
  }

  /** The same event as one of its own class; it must have this schema. */
  E event(GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder body = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(schema).write(record, body);
      body.flush();
      return reader(schema)
          .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot convert " + schema.getName(), e);
    }
  }

  private DatumReader<E> reader(Schema writer) {
    return readers.computeIfAbsent(writer, w -> new SpecificDatumReader<>(w, schema, MODEL));
  }

  private UnreadableEventException unreadable(
      String why, long fingerprint, @Nullable Exception cause) {
    return new UnreadableEventException(
        "%s: %s (fingerprint of its schema: %016x)".formatted(schema.getName(), why, fingerprint),
        cause);
  }

  /** Finds the classes of the events' package beside this one. */
  private static final class EventClasses extends SpecificData {

    private static final String PACKAGE = AlertEvent.class.getPackageName();

    EventClasses() {
      super(EventCodec.class.getClassLoader());
      addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Class getClass(Schema schema) {
      boolean named =
          schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
      if (!named || !PACKAGE.equals(schema.getNamespace())) {
        return super.getClass(schema);
      }
      try {
        return Class.forName(schema.getFullName(), false, EventCodec.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new AvroRuntimeException("No class for schema " + schema.getFullName(), e);
      }
    }
  }
}
