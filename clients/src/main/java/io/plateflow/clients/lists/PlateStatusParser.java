package io.plateflow.clients.lists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.schemas.avro.PlateStatusEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.UnreadableEventException;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Parses an entry of the access list: Avro single-object encoding or a JSON object with the same
 * fields. What is neither becomes a rejected record, never an exception: one bad entry must not
 * stop the list.
 */
public final class PlateStatusParser {

  private static final EventCodec<PlateStatusEvent> CODEC = EventCodec.of(PlateStatusEvent.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AVRO_MARKER = 0xC3;
  private static final int SHOWN_CHARACTERS = 60;

  private PlateStatusParser() {}

  /** Parses one record of the topic. */
  public static ListRecord read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new PlateStatusEntry(status(record));
    } catch (MalformedStatusException e) {
      return new ListRejection(
          new RejectedRecord(
              "%s-%d".formatted(record.topic(), record.partition()),
              record.offset(),
              "plate-status",
              String.valueOf(e.getMessage()),
              Instant.now()));
    }
  }

  private static PlateStatus status(ConsumerRecord<byte[], byte[]> record)
      throws MalformedStatusException {
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    byte[] value = record.value();
    if (value == null) {
      // A bare tombstone carries no version: it is as new as the time it was written.
      return entry(key, key, null, record.timestamp(), Instant.ofEpochMilli(record.timestamp()));
    }
    if (value.length == 0) {
      throw new MalformedStatusException("found an empty value, expected Avro or JSON");
    }
    int first = value[0] & 0xFF;
    if (first == AVRO_MARKER) {
      return fromAvro(key, value);
    }
    if (first == '{') {
      return fromJson(key, value, record.timestamp());
    }
    throw new MalformedStatusException(
        "found '%s', expected Avro single-object encoding or a JSON object"
            .formatted(shown(value)));
  }

  private static PlateStatus fromAvro(@Nullable String key, byte[] value)
      throws MalformedStatusException {
    PlateStatusEvent event;
    try {
      event = CODEC.decode(value);
    } catch (UnreadableEventException e) {
      throw new MalformedStatusException("found unreadable Avro: " + e.getMessage(), e);
    }
    return entry(
        key,
        event.getPlate(),
        switch (event.getType()) {
          case WHITELIST -> PlateListType.WHITELIST;
          case BLACKLIST -> PlateListType.BLACKLIST;
          case REMOVED -> null;
        },
        event.getVersion(),
        event.getChangedAt());
  }

  private static PlateStatus fromJson(@Nullable String key, byte[] value, long writtenAt)
      throws MalformedStatusException {
    JsonNode object;
    try {
      object = JSON.readTree(value);
    } catch (IOException e) {
      throw new MalformedStatusException(
          "found broken JSON '%s', expected an object".formatted(shown(value)), e);
    }
    JsonNode plate = object.path("plate");
    JsonNode version = object.path("version");
    if (!version.isMissingNode() && !version.canConvertToLong()) {
      throw new MalformedStatusException(
          "version: found %s, expected a whole number".formatted(shown(version)));
    }
    return entry(
        key,
        plate.isMissingNode() ? key : plate.asText(),
        listType(object.path("type")),
        version.isMissingNode() ? writtenAt : version.asLong(),
        changedAt(object.path("changed_at"), writtenAt));
  }

  private static @Nullable PlateListType listType(JsonNode type) throws MalformedStatusException {
    return switch (type.asText().toUpperCase(Locale.ROOT)) {
      case "WHITELIST" -> PlateListType.WHITELIST;
      case "BLACKLIST" -> PlateListType.BLACKLIST;
      case "REMOVED" -> null;
      default ->
          throw new MalformedStatusException(
              "type: found %s, expected WHITELIST, BLACKLIST or REMOVED".formatted(shown(type)));
    };
  }

  private static Instant changedAt(JsonNode time, long writtenAt) throws MalformedStatusException {
    if (time.isMissingNode() || time.isNull()) {
      return Instant.ofEpochMilli(writtenAt);
    }
    if (time.isIntegralNumber()) {
      return Instant.ofEpochMilli(time.asLong());
    }
    try {
      return OffsetDateTime.parse(time.asText()).toInstant();
    } catch (DateTimeException e) {
      throw new MalformedStatusException(
          "changed_at: found %s, expected an ISO time with its offset, or milliseconds"
              .formatted(shown(time)),
          e);
    }
  }

  private static PlateStatus entry(
      @Nullable String key,
      @Nullable String plate,
      @Nullable PlateListType type,
      long version,
      Instant changedAt)
      throws MalformedStatusException {
    String normalised = plate == null ? "" : PlateText.normalise(plate);
    if (plate == null || normalised.isEmpty()) {
      throw new MalformedStatusException(
          "plate: found '%s', expected letters and digits"
              .formatted(plate == null ? "" : shortened(plate)));
    }
    // Compaction keeps the last record of a key; an entry under another plate's key would be lost.
    if (key != null && !PlateText.normalise(key).equals(normalised)) {
      throw new MalformedStatusException(
          "plate: found '%s' under the key '%s', expected the same plate"
              .formatted(shortened(plate), shortened(key)));
    }
    return new PlateStatus(normalised, type, version, changedAt);
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : shortened(node.toString());
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

  /** Why a record is no entry: what was found and what was expected. */
  private static final class MalformedStatusException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedStatusException(String message) {
      super(message);
    }

    MalformedStatusException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
