package io.plateflow.schemas.event;

import io.plateflow.schemas.avro.AlertEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads and writes the events of this module in Avro's single-object encoding.
 *
 * <p>The decoders that Avro generates into the event classes do not work by themselves: since
 * 1.12.2 Avro refuses to load any class that the running process has not declared trusted, in
 * global settings that belong to whoever runs the process. Here the classes are found without
 * asking it, and only those of the events' own package.
 */
public final class EventCodec<E extends SpecificRecordBase> {

  private static final EventClasses MODEL = new EventClasses();

  private final BinaryMessageEncoder<E> encoder;
  private final BinaryMessageDecoder<E> decoder;

  private EventCodec(Class<E> type) {
    Schema schema = MODEL.getSchema(type);
    this.encoder = new BinaryMessageEncoder<>(MODEL, schema);
    this.decoder = new BinaryMessageDecoder<>(MODEL, schema);
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
   * @throws IOException when the bytes are too short or damaged
   * @throws AvroRuntimeException when they are no such event
   */
  public E decode(byte[] bytes) throws IOException {
    return decoder.decode(bytes);
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
    public Class getClass(Schema schema) {
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
