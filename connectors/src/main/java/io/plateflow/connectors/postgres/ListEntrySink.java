package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.lists.ListEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps the table {@code access_list_entries} what the topic of entries says. */
public final class ListEntrySink {

  private ListEntrySink() {}

  public static TableSink<ListEntry> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_list_entries} of the migrations takes them. */
  static final class Rows implements TableRows<ListEntry> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_list_entries";
    }

    /** With its version: in a batch as in the table the highest counts, not the last. */
    @Override
    public String key(ListEntry entry) {
      return entry.entryId() + " v" + entry.version();
    }

    @Override
    public String kind() {
      return "list-entry";
    }

    @Override
    public String source(ListEntry entry) {
      return entry.entryId();
    }

    @Override
    public String json(ListEntry entry) {
      ObjectNode row =
          JSON.createObjectNode()
              .put("entry_id", entry.entryId())
              .put("list_id", entry.listId())
              .put("pattern", entry.pattern())
              .put("match_all", entry.matchAll())
              .put("holder", entry.holder())
              .put("note", entry.note())
              .put("hours", entry.hours())
              .put("valid_from", text(entry.validFrom()))
              .put("valid_until", text(entry.validUntil()))
              .put("version", entry.version())
              .put("changed_at", entry.changedAt().toString())
              .put("changed_by", entry.changedBy())
              .put("removed", entry.removed());
      entry.sites().forEach(row.putArray("sites")::add);
      entry.cameras().forEach(row.putArray("cameras")::add);
      return row.toString();
    }

    private static @Nullable String text(@Nullable Instant time) {
      return time == null ? null : time.toString();
    }
  }
}
