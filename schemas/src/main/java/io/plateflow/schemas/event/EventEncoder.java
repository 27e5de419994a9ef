package io.plateflow.schemas.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

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
    try {
      return JSON.writeValueAsBytes(node(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot encode as JSON: " + event, e);
    }
  }

  private static JsonNode node(@Nullable Object value) {
    JsonNodeFactory nodes = JSON.getNodeFactory();
    if (value == null) {
      return nodes.nullNode();
    } else if (value instanceof IndexedRecord part) {
      ObjectNode object = nodes.objectNode();
      for (Schema.Field field : part.getSchema().getFields()) {
        object.set(field.name(), node(part.get(field.pos())));
      }
      return object;
    } else if (value instanceof Collection<?> parts) {
      ArrayNode array = nodes.arrayNode();
      parts.forEach(part -> array.add(node(part)));
      return array;
    } else if (value instanceof Integer number) {
      return nodes.numberNode(number);
    } else if (value instanceof Long number) {
      return nodes.numberNode(number);
    } else if (value instanceof Float number) {
      return nodes.numberNode(number);
    } else if (value instanceof Double number) {
      return nodes.numberNode(number);
    } else if (value instanceof Boolean flag) {
      return nodes.booleanNode(flag);
    }
    // Text, enums by their name, and instants in ISO form.
    return nodes.textNode(value.toString());
  }
}
