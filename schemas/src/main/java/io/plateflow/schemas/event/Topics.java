package io.plateflow.schemas.event;

/** The names of Plateflow's Kafka topics. */
public final class Topics {

  /** The access list: compacted, key = normalised plate. */
  public static final String PLATE_STATUS = "plateflow.plate-status";

  /** Listed plates that were seen; key = normalised plate. */
  public static final String ALERTS = "plateflow.alerts";

  /** Finished passes; key = pass id. */
  public static final String PASSES = "plateflow.passes";

  /** How parking visits stand; key = visit id, the last event of a visit holds. */
  public static final String PARKING = "plateflow.parking";

  /** What could not be used, with its reason; key = source. */
  public static final String REJECTED = "plateflow.rejected";

  /** How the cameras are doing: compacted, key = camera id. */
  public static final String CAMERAS = "plateflow.cameras";

  /** Named lists of plates: compacted, key = list id. */
  public static final String LISTS = "plateflow.lists";

  /** The entries of the named lists: compacted, key = entry id. */
  public static final String LIST_ENTRIES = "plateflow.list-entries";

  /** What gates may do for the vehicles before them; key = pass id. */
  public static final String ACCESS = "plateflow.access";

  /** What others than the cameras of the job saw; key = record id, kept for a day. */
  public static final String READS = "plateflow.reads";

  /** What people change about passes and visits; key = pass id, kept for a week. */
  public static final String CORRECTIONS = "plateflow.corrections";

  /** Rules that raise alerts: compacted, key = rule id. */
  public static final String RULES = "plateflow.rules";

  /** What is known of sites: compacted, key = site id. */
  public static final String SITES = "plateflow.sites";

  private Topics() {}
}
