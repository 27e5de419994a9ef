package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.rules.Site;
import java.time.Duration;

/** Keeps the table {@code sites} what the topic of sites says. */
public final class SiteSink {

  private SiteSink() {}

  public static TableSink<Site> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_sites} of the migrations takes them. */
  static final class Rows implements TableRows<Site> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_sites";
    }

    /** With its version: in a batch as in the table the highest counts, not the last. */
    @Override
    public String key(Site site) {
      return site.siteId() + " v" + site.version();
    }

    @Override
    public String kind() {
      return "site";
    }

    @Override
    public String source(Site site) {
      return site.siteId();
    }

    @Override
    public String json(Site site) {
      Duration limit = site.longestStay();
      Duration grace = site.grace() == null ? null : site.gracePeriod();
      return JSON.createObjectNode()
          .put("site_id", site.siteId())
          .put("name", site.name())
          .put("capacity", site.capacity())
          .put("limit_seconds", limit == null ? null : limit.toMillis() / 1000.0)
          .put("grace_seconds", grace == null ? null : grace.toMillis() / 1000.0)
          .put("removed", site.removed())
          .put("version", site.version())
          .put("changed_at", site.changedAt().toString())
          .put("changed_by", site.changedBy())
          .toString();
    }
  }
}
