package io.plateflow.clients.search;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.search.PlateQuery.Kind;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Finds passes by their plates, page by page. What fits many plates is found among the newest
 * passes; what fits few, by the plates that there are and the passes of each. Safe for use by
 * several threads.
 */
public final class PlateSearch {

  public static final int LARGEST_PAGE = 1000;

  /** Look-alikes are not further away: three confusions, or one other edit. */
  public static final double MOST_DISTANCE = 1;

  /** With fewer characters in a row there is no index of plates to look into. */
  private static final int TRIGRAM = 3;

  /** With so many characters at its begin a pattern may fit few passes, which lie side by side. */
  private static final int PREFIX = 2;

  private static final int FEW_PLATES = 2_000;
  private static final int SHORT_WALK = 2_000;
  private static final int LONG_WALK = 30_000;
  private static final int MANY_ROWS = 20_000;
  private static final int FIRST_PLATES = 100;
  private static final int GROWTH = 10;

  private static final Comparator<FoundText> NEWEST_FIRST =
      Comparator.comparing(FoundText::timestamp)
          .thenComparing(FoundText::sessionId)
          .reversed()
          .thenComparing(FoundText::origin)
          .thenComparing(FoundText::text);

  private final Jdbi jdbi;

  public PlateSearch(DataSource database) {
    this.jdbi = Jdbi.create(database);
  }

  /**
   * One page of what is found.
   *
   * @param after the last page's {@link SearchPage#next}; null for the first page
   * @param size hits on it, 1 to {@link #LARGEST_PAGE}
   * @throws IllegalArgumentException for a size out of bounds
   * @throws ClientException when the database is away or refuses
   */
  public SearchPage search(
      PlateQuery query, SearchFilter filter, @Nullable SearchCursor after, int size) {
    if (size < 1 || size > LARGEST_PAGE) {
      throw new IllegalArgumentException(
          "Search page: found %d hits, expected 1 to %d".formatted(size, LARGEST_PAGE));
    }
    try {
      return jdbi.inTransaction(
          // All queries of a page see the same.
          TransactionIsolationLevel.REPEATABLE_READ,
          handle -> search(handle, query, filter, after, size));
    } catch (JdbiException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ClientException("Cannot search plates: " + cause.getMessage(), e);
    }
  }

  private static SearchPage search(
      Handle handle,
      PlateQuery query,
      SearchFilter filter,
      @Nullable SearchCursor after,
      int size) {
    SearchTables tables = new SearchTables(handle);
    List<Integer> locations =
        filter.location() == null ? null : tables.locations(filter.location());
    if (locations != null && locations.isEmpty()) {
      return new SearchPage(List.of(), null);
    }
    // One more than wanted tells whether there is a next page.
    List<FoundText> found =
        switch (query.kind()) {
          case EXACT ->
              tables.newest(
                  List.of(query.text()),
                  new SearchConditions(filter, locations, after),
                  List.of(),
                  size + 1);
          case PATTERN, SUBSTRING ->
              fitting(tables, query, new SearchConditions(filter, locations, after), size + 1);
          case LOOK_ALIKE -> lookAlikes(tables, query.text(), filter, locations, after, size + 1);
        };
    List<FoundText> page = found.subList(0, Math.min(size, found.size()));
    List<PlateHit> hits = tables.hits(page, one -> match(query, one));
    return new SearchPage(hits, found.size() > size ? cursor(query, page.get(size - 1)) : null);
  }

  private static List<FoundText> fitting(
      SearchTables tables, PlateQuery query, SearchConditions conditions, int most) {
    String like = query.like();
    boolean trigrams = query.longestRun() >= TRIGRAM;
    if (query.prefix() >= PREFIX) {
      SearchTables.Walked walked = tables.rowsOfPrefix(like, conditions, MANY_ROWS, most);
      if (walked.all()) {
        return walked.found();
      }
    }
    if (trigrams) {
      List<KnownPlate> few = tables.platesLike(like, List.of(), FEW_PLATES + 1);
      if (few.size() <= FEW_PLATES) {
        return newest(tables, few, conditions, most);
      }
    }
    for (int rows : new int[] {SHORT_WALK, LONG_WALK}) {
      SearchTables.Walked walked = tables.newestRows(like, conditions, rows, most);
      if (walked.all() || walked.found().size() >= most) {
        return walked.found();
      }
    }
    List<KnownPlate> plates =
        tables.platesLike(like, trigrams ? List.of() : query.places(), MANY_ROWS + 1);
    return plates.size() <= MANY_ROWS
        ? newest(tables, plates, conditions, most)
        : tables.scan(like, conditions, most);
  }

  /**
   * The newest passes of these plates. A plate's passes are not newer than when it was last seen,
   * so the plates seen last mostly suffice.
   *
   * @param plates the last seen first
   */
  private static List<FoundText> newest(
      SearchTables tables, List<KnownPlate> plates, SearchConditions conditions, int most) {
    List<FoundText> found = new ArrayList<>();
    int asked = 0;
    for (int next = Math.max(FIRST_PLATES, most); asked < plates.size(); next *= GROWTH) {
      int until = Math.min(plates.size(), next);
      List<String> texts = plates.subList(asked, until).stream().map(KnownPlate::text).toList();
      found.addAll(tables.newest(texts, conditions, List.of(), most));
      found = distinct(found, most);
      asked = until;
      boolean full = found.size() == most;
      if (full
          && asked < plates.size()
          && found.get(most - 1).isNewerThan(plates.get(asked).lastSeen())) {
        break;
      }
    }
    return found;
  }

  private static List<FoundText> distinct(List<FoundText> found, int most) {
    Set<Long> seen = new HashSet<>();
    return new ArrayList<>(
        found.stream()
            .sorted(NEWEST_FIRST)
            .filter(one -> seen.add(one.sessionId()))
            .limit(most)
            .toList());
  }

  private static List<FoundText> lookAlikes(
      SearchTables tables,
      String text,
      SearchFilter filter,
      @Nullable List<Integer> locations,
      @Nullable SearchCursor after,
      int most) {
    Map<Double, List<String>> byDistance = new TreeMap<>();
    for (KnownPlate plate : tables.platesFoldedTo(FoldedNeighbours.of(text))) {
      double distance = ConfusionDistance.distance(text, plate.text(), MOST_DISTANCE);
      if (distance <= MOST_DISTANCE) {
        byDistance.computeIfAbsent(distance, d -> new ArrayList<>()).add(plate.text());
      }
    }
    List<FoundText> found = new ArrayList<>();
    List<String> nearer = new ArrayList<>();
    for (Map.Entry<Double, List<String>> group : byDistance.entrySet()) {
      double distance = group.getKey();
      if (found.size() < most && (after == null || distance >= after.distance())) {
        boolean continued = after != null && distance == after.distance();
        SearchConditions conditions =
            new SearchConditions(filter, locations, continued ? after : null);
        found.addAll(tables.newest(group.getValue(), conditions, nearer, most - found.size()));
      }
      nearer.addAll(group.getValue());
    }
    return found;
  }

  private static PlateMatch match(PlateQuery query, FoundText found) {
    double distance = distance(query, found);
    boolean lookAlike = query.kind() == Kind.LOOK_ALIKE;
    return new PlateMatch(
        lookAlike && distance == 0 ? Kind.EXACT : query.kind(),
        SearchTables.origin(found),
        found.text(),
        distance,
        lookAlike ? TextDifference.between(query.text(), found.text()) : List.of());
  }

  private static double distance(PlateQuery query, FoundText found) {
    return query.kind() == Kind.LOOK_ALIKE
        ? ConfusionDistance.distance(query.text(), found.text())
        : 0;
  }

  private static SearchCursor cursor(PlateQuery query, FoundText last) {
    return new SearchCursor(distance(query, last), last.timestamp(), last.sessionId());
  }
}
