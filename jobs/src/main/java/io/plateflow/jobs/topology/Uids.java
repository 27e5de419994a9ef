package io.plateflow.jobs.topology;

/** Operator ids. A savepoint finds its state by them: never change one that was released. */
final class Uids {
  static final String CAMERAS = "cameras";
  static final String DETECT = "detect";
  static final String TRACK = "track";
  static final String PLATE_STATUS_SOURCE = "plate-status-source";
  static final String ASK = "ask";
  static final String RESOLVE = "resolve";
  static final String ENRICH = "enrich";
  static final String PASS_TABLES = "pass-tables";
  static final String PLATE_STATUS_TABLE = "plate-status-table";
  static final String PASSES_TOPIC = "passes-topic";
  static final String ALERTS_TOPIC = "alerts-topic";
  static final String CAMERAS_TOPIC = "cameras-topic";
  static final String REJECTED_TOPIC = "rejected-topic";
  static final String PLATE_STATUS_ENTRIES = "plate-status-entries";
  static final String LISTS_TABLE = "lists-table";
  static final String LIST_CHANGES = "list-changes";
  static final String LIST_ENTRIES_TABLE = "list-entries-table";
  static final String ENTRY_CHANGES = "entry-changes";
  static final String ACCESS_TABLE = "access-table";
  static final String ACCESS_TOPIC = "access-topic";
  static final String ALERTS_TABLE = "alerts-table";
  static final String CLOCK = "clock";
  static final String RETENTION = "retention";
  static final String REJECTED_ROWS = "rejected-rows";
  static final String REJECTED_ROWS_TOPIC = "rejected-rows-topic";
  static final String PARKING = "parking";
  static final String PARKING_TABLE = "parking-table";
  static final String PARKING_TOPIC = "parking-topic";
  static final String READS_SOURCE = "reads-source";
  static final String READS = "reads";
  static final String OUTSIDE_PASSES = "outside-passes";
  static final String ANSWERS = "answers";
  static final String HIDE_PASSES = "hide-passes";
  static final String HIDE_ALERTS = "hide-alerts";
  static final String HIDE_ACCESS = "hide-access";
  static final String HIDE_VISITS = "hide-visits";
  static final String RULES_SOURCE = "rules-source";
  static final String RULE_RECORDS = "rule-records";
  static final String RULES_TABLE = "rules-table";
  static final String SITES = "sites";
  static final String SITES_TABLE = "sites-table";
  static final String RULE_PASSES = "rule-passes";
  static final String RULE_VISITS = "rule-visits";
  static final String RULE_SITES = "rule-sites";
  static final String RULE_OUTAGES = "rule-outages";
  static final String CAMERA_REPORTS = "camera-reports";
  static final String DISK_CLOCK = "disk-clock";
  static final String DISK_REPORTS = "disk-reports";
  static final String RULE_ALERTS = "rule-alerts";
  static final String RULE_ALERTS_TOPIC = "rule-alerts-topic";
  static final String RULE_ALERTS_TABLE = "rule-alerts-table";
  static final String HIDE_RULE_ALERTS = "hide-rule-alerts";

  static final String LISTS_TO_MATCH = "lists-to-match";
  static final String CORRECTIONS_SOURCE = "corrections-source";
  static final String CORRECTION_LOOKUP = "correction-lookup";
  static final String CORRECTIONS = "corrections";
  static final String CORRECTIONS_TABLE = "corrections-table";
  static final String KEPT_CORRECTIONS = "kept-corrections";
  static final String HIDE_CORRECTIONS = "hide-corrections";

  private Uids() {}
}
