package io.plateflow.models.lists;

import io.plateflow.models.grammar.ConfusionIndex;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMatch.Kind;
import io.plateflow.schemas.lists.PlatePattern;
import io.plateflow.schemas.plate.ConfusionDistance;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All lists in memory. Lists and entries come in any order; of two versions the higher holds, of
 * equal ones the later. An entry that names the very plate keeps look-alikes out; of look-alikes
 * only the nearest count. Not thread-safe.
 */
public final class ListIndex {

  private static final Comparator<ListMatch> STRICTEST_FIRST =
      Comparator.comparing(ListMatch::meaning)
          .thenComparing(ListMatch::kind)
          .thenComparingDouble(ListMatch::distance)
          .thenComparing(ListMatch::listId)
          .thenComparing(ListMatch::entryId);

  private final double tolerance;

  // Those that are gone included: their version keeps older ones out.
  private final Map<String, PlateStatus> statuses = new HashMap<>();
  private final Map<String, AccessList> lists = new HashMap<>();
  private final Map<String, IndexedEntry> entries = new HashMap<>();

  private final Map<String, List<IndexedEntry>> byPlate = new HashMap<>();
  private final PatternIndex patterns = new PatternIndex();
  private ConfusionIndex lookAlikes;
  private double widest;

  /**
   * @param tolerance largest confusion-weighted distance that counts where a list says nothing,
   *     0..3; 0 for exact matches only
   */
  public ListIndex(double tolerance) {
    this.tolerance = tolerance;
    this.widest = tolerance;
    this.lookAlikes = new ConfusionIndex(tolerance);
  }

  /**
   * Takes a line of the simple access list.
   *
   * @return whether anything changed
   */
  public boolean apply(PlateStatus status) {
    PlateStatus known = statuses.get(status.plate());
    if (known != null && known.version() >= status.version()) {
      return false;
    }
    statuses.put(status.plate(), status);
    settle(status.plate());
    return true;
  }

  /**
   * @return whether anything changed
   */
  public boolean apply(AccessList list) {
    AccessList known = lists.get(list.listId());
    if (known != null && (known.version() > list.version() || known.equals(list))) {
      return false;
    }
    lists.put(list.listId(), list);
    Double own = list.tolerance();
    if (own != null && own > widest) {
      widen(own);
    }
    return true;
  }

  /**
   * @return whether anything changed
   */
  public boolean apply(ListEntry entry) {
    IndexedEntry known = entries.get(entry.entryId());
    if (known != null
        && (known.entry().version() > entry.version() || known.entry().equals(entry))) {
      return false;
    }
    IndexedEntry indexed = new IndexedEntry(entry);
    entries.put(entry.entryId(), indexed);
    if (known != null && !known.entry().removed()) {
      takeOut(known);
    }
    if (!entry.removed()) {
      putIn(indexed);
    }
    return true;
  }

  /** The version of an entry that holds, or null. */
  public @Nullable ListEntry entry(String entryId) {
    IndexedEntry known = entries.get(entryId);
    return known == null ? null : known.entry();
  }

  /**
   * Whose matches can depend on an entry of this pattern: much less work than to match them.
   *
   * @return of normalised plates, which may be empty
   */
  public Predicate<String> concernedBy(String pattern) {
    PlatePattern parsed = PlatePattern.parse(pattern);
    if (!parsed.isPlate()) {
      return plate -> !plate.isEmpty() && parsed.matches(plate);
    }
    String listed = parsed.text();
    double limit = widest;
    // Below the price of one edit only confusions count.
    return limit < ConfusionDistance.EDIT
        ? plate -> ConfusionDistance.sameFolded(listed, plate)
        : plate -> ConfusionDistance.distance(listed, plate, limit) <= limit + 1e-9;
  }

  /** How many entries there are; those of the simple access list included. */
  public int size() {
    return (int)
        (statuses.values().stream().filter(status -> status.type() != null).count()
            + entries.values().stream().filter(entry -> !entry.entry().removed()).count());
  }

  /**
   * All entries that a plate matches.
   *
   * @param plate normalised; may be empty
   * @param from when its vehicle was first seen there
   * @param to when it was last seen; an entry that counts at any time between counts
   * @return the strictest first; empty where there is none
   */
  public List<ListMatch> matches(String plate, Place place, Instant from, Instant to) {
    if (plate.isEmpty()) {
      return List.of();
    }
    ZoneId zone = ZoneId.of(place.timezone());
    List<ListMatch> found = new ArrayList<>();
    for (Candidate candidate : candidates(plate, place)) {
      if (candidate.entry == null || candidate.entry.validity().countsWithin(from, to, zone)) {
        found.add(candidate.match);
      }
    }
    keepNearest(found);
    found.sort(STRICTEST_FIRST);
    return found;
  }

  /**
   * A match, whatever the time.
   *
   * @param entry null for the simple access list
   */
  private record Candidate(@Nullable IndexedEntry entry, ListMatch match) {}

  private List<Candidate> candidates(String plate, Place place) {
    List<Candidate> found = new ArrayList<>();
    addPlate(plate, place, 0, found);
    for (IndexedEntry entry : patterns.matches(plate)) {
      add(entry, place, Kind.PATTERN, 0, found);
    }
    if (widest > 0) {
      for (ConfusionIndex.Match near : lookAlikes.matches(plate)) {
        if (near.distance() > 0) {
          addPlate(near.plate(), place, near.distance(), found);
        }
      }
    }
    return found;
  }

  private void addPlate(String listed, Place place, double distance, List<Candidate> found) {
    Kind kind = distance == 0 ? Kind.EXACT : Kind.FUZZY;
    PlateStatus status = statuses.get(listed);
    if (status != null && status.type() != null && distance <= tolerance + 1e-9) {
      AccessList list =
          status.type() == PlateListType.BLACKLIST ? AccessList.BLACKLIST : AccessList.WHITELIST;
      found.add(new Candidate(null, ListMatch.of(list, listed, listed, kind, distance, tolerance)));
    }
    for (IndexedEntry entry : byPlate.getOrDefault(listed, List.of())) {
      add(entry, place, kind, distance, found);
    }
  }

  private void add(
      IndexedEntry entry, Place place, Kind kind, double distance, List<Candidate> found) {
    AccessList list = lists.get(entry.entry().listId());
    if (list == null || list.removed() || !entry.countsAt(place)) {
      return;
    }
    Double own = list.tolerance();
    double counts = own == null ? tolerance : own;
    if (distance <= counts + 1e-9) {
      found.add(new Candidate(entry, ListMatch.of(list, entry.entry(), kind, distance, counts)));
    }
  }

  private static void keepNearest(List<ListMatch> found) {
    boolean exact = found.stream().anyMatch(match -> match.kind() == Kind.EXACT);
    double nearest =
        exact
            ? 0
            : found.stream()
                .filter(match -> match.kind() == Kind.FUZZY)
                .mapToDouble(ListMatch::distance)
                .min()
                .orElse(0);
    found.removeIf(match -> match.kind() == Kind.FUZZY && match.distance() > nearest);
  }

  private void putIn(IndexedEntry entry) {
    if (!entry.pattern().isPlate()) {
      patterns.add(entry);
      return;
    }
    String plate = entry.pattern().text();
    byPlate.computeIfAbsent(plate, p -> new ArrayList<>(1)).add(entry);
    settle(plate);
  }

  private void takeOut(IndexedEntry entry) {
    if (!entry.pattern().isPlate()) {
      patterns.remove(entry);
      return;
    }
    String plate = entry.pattern().text();
    byPlate.computeIfPresent(
        plate,
        (p, of) -> {
          of.remove(entry);
          return of.isEmpty() ? null : of;
        });
    settle(plate);
  }

  /** Whether look-alikes of this plate are looked for. */
  private void settle(String plate) {
    if (isListed(plate)) {
      lookAlikes.add(plate);
    } else {
      lookAlikes.remove(plate);
    }
  }

  private boolean isListed(String plate) {
    PlateStatus status = statuses.get(plate);
    return status != null && status.type() != null || byPlate.containsKey(plate);
  }

  private void widen(double wider) {
    widest = wider;
    lookAlikes = new ConfusionIndex(wider);
    statuses.keySet().forEach(this::settle);
    byPlate.keySet().forEach(this::settle);
  }
}
