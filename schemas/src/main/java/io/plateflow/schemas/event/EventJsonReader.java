package io.plateflow.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads events that people and scripts write as plain JSON: an object with the fields of the
 * schema, without Avro's wrapping of unions. Fields may be left out where the schema has a default;
 * times are ISO texts with their offset, or milliseconds; symbols may be in small letters.
 */
public final class EventJsonReader<E extends SpecificRecordBase> {

  private static final int SHOWN_CHARACTERS = 60;

  private final EventCodec<E> codec;

  public EventJsonReader(Class<E> type) {
    this.codec = EventCodec.of(type);
  }

  /**
   * @throws UnreadableEventException that says which field is wrong, what was found and expected
   */
  public E read(JsonNode json) throws UnreadableEventException {
    return codec.event(record(json, codec.schema(), ""));
  }

  private static GenericRecord record(JsonNode json, Schema schema, String at)
      throws UnreadableEventException {
    if (!(json instanceof ObjectNode)) {
      throw wrong(at, json, "an object");
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (schema.getField(name) == null) {
        throw new UnreadableEventException(
            "found the unknown field '%s', expected one of %s"
                .formatted(
                    shortened(at + name),
                    schema.getFields().stream()
                        .map(Schema.Field::name)
                        .collect(Collectors.joining(", "))),
            null);
      }
    }
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(json.path(field.name()), field, at + field.name()));
    }
    return record;
  }

  private static @Nullable Object value(JsonNode json, Schema.Field field, String at)
      throws UnreadableEventException {
    if (!json.isMissingNode()) {
      return value(json, field.schema(), at);
    }
    try {
      return GenericData.get().getDefaultValue(field);
    } catch (AvroRuntimeException e) {
      throw new UnreadableEventException(
          at + ": found nothing, expected " + form(field.schema()), e);
    }
  }

  private static @Nullable Object value(JsonNode json, Schema schema, String at)
      throws UnreadableEventException {
    boolean fits =
        switch (schema.getType()) {
          case UNION -> true;
          case RECORD -> true;
          case ARRAY -> json.isArray();
          case STRING, ENUM -> json.isTextual();
          case BOOLEAN -> json.isBoolean();
          case INT -> json.isIntegralNumber() && json.canConvertToInt();
          case LONG ->
              isTime(schema) && json.isTextual()
                  || json.isIntegralNumber() && json.canConvertToLong();
          case FLOAT, DOUBLE -> json.isNumber();
          default -> false;
        };
    if (!fits) {
      throw wrong(at, json, form(schema));
    }
    return switch (schema.getType()) {
      case UNION -> json.isNull() ? null : value(json, present(schema), at);
      case RECORD -> record(json, schema, at + ".");
      case ARRAY -> array(json, schema, at);
      case STRING -> json.asText();
      case ENUM -> symbol(json, schema, at);
      case BOOLEAN -> json.asBoolean();
      case INT -> json.asInt();
      case LONG -> isTime(schema) ? time(json, at) : json.asLong();
      case FLOAT -> (float) json.asDouble();
      case DOUBLE -> json.asDouble();
      default -> throw new IllegalStateException("No event has a field of " + schema.getType());
    };
  }

  /** Of a union of null and one other. */
  private static Schema present(Schema union) {
    return union.getTypes().get(union.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0);
  }

  private static List<@Nullable Object> array(JsonNode json, Schema schema, String at)
      throws UnreadableEventException {
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      elements.add(value(json.get(i), schema.getElementType(), "%s[%d]".formatted(at, i)));
    }
    return elements;
  }

  private static Object symbol(JsonNode json, Schema schema, String at)
      throws UnreadableEventException {
    String symbol = json.asText().toUpperCase(Locale.ROOT);
    if (!schema.hasEnumSymbol(symbol)) {
      throw wrong(at, json, form(schema));
    }
    return new GenericData.EnumSymbol(schema, symbol);
  }

  private static long time(JsonNode json, String at) throws UnreadableEventException {
    if (json.isIntegralNumber()) {
      return json.asLong();
    }
    try {
      return OffsetDateTime.parse(json.asText()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnreadableEventException(
          "%s: found %s, expected an ISO time with its offset, or milliseconds"
              .formatted(at, shortened(json.toString())),
          e);
    }
  }

  private static boolean isTime(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
  }

  private static String form(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> form(present(schema)) + " or null";
      case RECORD -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case ENUM -> "one of " + String.join(", ", schema.getEnumSymbols());
      case BOOLEAN -> "true or false";
      case LONG ->
          isTime(schema) ? "an ISO time with its offset, or milliseconds" : "a whole number";
      case INT -> "a whole number";
      default -> "a number";
    };
  }

  private static UnreadableEventException wrong(String at, JsonNode found, String expected) {
    return new UnreadableEventException(
        "%sfound %s, expected %s"
            .formatted(at.isEmpty() ? "" : at + ": ", shortened(found.toString()), expected),
        null);
  }

  private static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= SHOWN_CHARACTERS
        ? printable
        : printable.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
