package io.plateflow.schemas.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes one kind of event as bytes. */
public final class EventEncoder<E extends SpecificRecordBase> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventEncoding encoding;
  private final EventCodec<E> avro;

  public EventEncoder(EventEncoding encoding, Class<E> type) {
    this.encoding = encoding;
    this.avro = EventCodec.of(type);
  }

  public byte[] encode(E event) {
    return switch (encoding) {
      case AVRO -> avro.encode(event);
      case JSON -> json(event);
    };
  }

  private byte[] json(E event) {
    ObjectNode object = JSON.createObjectNode();
    for (Schema.Field field : event.getSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value == null) {
        object.putNull(field.name());
      } else if (value instanceof Integer number) {
        object.put(field.name(), number);
      } else if (value instanceof Long number) {
        object.put(field.name(), number);
      } else if (value instanceof Double number) {
        object.put(field.name(), number);
      } else if (value instanceof Boolean flag) {
        object.put(field.name(), flag);
      } else {
        // Text, enums by their name, and instants in ISO form.
        object.put(field.name(), value.toString());
      }
    }
    try {
      return JSON.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot encode as JSON: " + event, e);
    }
  }
}
