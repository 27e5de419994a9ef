package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.lists.AccessList;

/** Keeps the table {@code access_lists} what the topic of lists says. */
public final class AccessListSink {

  private AccessListSink() {}

  public static TableSink<AccessList> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_access_lists} of the migrations takes them. */
  static final class Rows implements TableRows<AccessList> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_access_lists";
    }

    /** With its version: in a batch as in the table the highest counts, not the last. */
    @Override
    public String key(AccessList list) {
      return list.listId() + " v" + list.version();
    }

    @Override
    public String kind() {
      return "list";
    }

    @Override
    public String source(AccessList list) {
      return list.listId();
    }

    @Override
    public String json(AccessList list) {
      return JSON.createObjectNode()
          .put("list_id", list.listId())
          .put("name", list.name())
          .put("meaning", list.meaning().label())
          .put("color", list.color())
          .put("tolerance", list.tolerance())
          .put("min_reads", list.minReads())
          .put("min_score", list.minScore())
          .put("version", list.version())
          .put("changed_at", list.changedAt().toString())
          .put("changed_by", list.changedBy())
          .put("removed", list.removed())
          .toString();
    }
  }
}
