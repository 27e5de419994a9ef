package io.plateflow.clients.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.EventJsonReader;
import io.plateflow.schemas.event.UnreadableEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the records of a topic that others write: Avro single-object encoding, or a JSON object
 * with the same fields. Where the schema has {@code version} and {@code changed_at}, a JSON object
 * without them has the time at which it was written.
 */
public final class EventReader<E extends SpecificRecordBase> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AVRO_MARKER = 0xC3;
  private static final int SHOWN_CHARACTERS = 60;

  private final EventCodec<E> avro;
  private final EventJsonReader<E> json;
  private final String keyField;
  private final List<String> writtenAt;
  private final boolean removable;

  /**
   * @param keyField the text field that is also the record's key
   */
  public EventReader(Class<E> type, String keyField) {
    this.avro = EventCodec.of(type);
    this.json = new EventJsonReader<>(type);
    this.keyField = keyField;
    Schema schema = SpecificData.get().getSchema(type);
    this.writtenAt =
        Stream.of("version", "changed_at").filter(n -> schema.getField(n) != null).toList();
    this.removable = schema.getField("removed") != null;
  }

  /**
   * @throws MalformedEventException that says what was found and expected
   */
  public E read(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      throw new MalformedEventException(
          "found an empty value, expected Avro or JSON"
              + (removable ? "; what is to go is written with removed: true" : ""));
    }
    E event;
    try {
      int first = value[0] & 0xFF;
      if (first == AVRO_MARKER) {
        event = avro.decode(value);
      } else if (first == '{') {
        event = json.read(object(value, record.timestamp()));
      } else {
        throw new MalformedEventException(
            "found '%s', expected Avro single-object encoding or a JSON object"
                .formatted(shown(value)));
      }
    } catch (UnreadableEventException e) {
      throw new MalformedEventException(String.valueOf(e.getMessage()), e);
    }
    requireKey(record, event);
    return event;
  }

  private JsonNode object(byte[] value, long timestamp) throws MalformedEventException {
    JsonNode parsed;
    try {
      parsed = JSON.readTree(value);
    } catch (IOException e) {
      throw new MalformedEventException(
          "found broken JSON '%s', expected an object".formatted(shown(value)), e);
    }
    if (parsed instanceof ObjectNode object) {
      for (String name : writtenAt) {
        if (!object.has(name)) {
          object.put(name, timestamp);
        }
      }
    }
    return parsed;
  }

  /** Compaction keeps the last record of a key; one under another's key would be lost. */
  private void requireKey(ConsumerRecord<byte[], byte[]> record, E event)
      throws MalformedEventException {
    String id = String.valueOf(event.get(keyField));
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.equals(id)) {
      throw new MalformedEventException(
          "%s: found '%s' under the key '%s', expected the same"
              .formatted(keyField, shortened(id), shortened(key)));
    }
  }

  private static String shown(byte[] value) {
    return shortened(new String(value, StandardCharsets.UTF_8));
  }

  private static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= SHOWN_CHARACTERS
        ? printable
        : printable.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
