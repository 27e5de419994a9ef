package io.plateflow.models.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMatch.Kind;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.plate.ConfusionDistance;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListIndexTest {

  private static final Place GATE =
      new Place("cam-1", "North", GateType.ENTRY, "Europe/Berlin", "garage");
  private static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");

  private final ListIndex index = new ListIndex(0.6);

  @Test
  void theStrictestListComesFirst() {
    index.apply(list("staff", ListMeaning.ALLOW, null));
    index.apply(list("stolen", ListMeaning.ALERT, null));
    index.apply(list("known", ListMeaning.INFORM, null));
    index.apply(entry("e1", "staff", "B 1234 CD"));
    index.apply(entry("e2", "stolen", "B1234CD"));
    index.apply(entry("e3", "known", "b-1234-cd"));
    index.apply(new PlateStatus("B1234CD", PlateListType.BLACKLIST, 1, NOON));

    assertThat(at(NOON, "B1234CD"))
        .extracting(ListMatch::listId)
        .containsExactly("blacklist", "stolen", "staff", "known");
  }

  @Test
  void theVeryPlateKeepsLookAlikesOut() {
    index.apply(new PlateStatus("B1234CD", PlateListType.BLACKLIST, 1, NOON));
    index.apply(list("staff", ListMeaning.ALLOW, null));
    assertThat(at(NOON, "81234CD")).extracting(ListMatch::kind).containsExactly(Kind.FUZZY);

    index.apply(entry("e1", "staff", "81234CD"));
    assertThat(at(NOON, "81234CD")).extracting(ListMatch::listId).containsExactly("staff");
  }

  @Test
  void ofLookAlikesTheNearestCounts() {
    index.apply(new PlateStatus("BB123", PlateListType.BLACKLIST, 1, NOON));
    index.apply(new PlateStatus("8B123", PlateListType.WHITELIST, 1, NOON));

    assertThat(at(NOON, "88123"))
        .singleElement()
        .satisfies(
            match -> {
              assertThat(match.listId()).isEqualTo("whitelist");
              assertThat(match.distance()).isEqualTo(ConfusionDistance.CONFUSED);
            });
  }

  @Test
  void aListMayTakeLookAlikesMoreOrLessStrictly() {
    index.apply(list("exact", ListMeaning.ALLOW, 0.0));
    index.apply(list("lenient", ListMeaning.ALERT, 1.0));
    index.apply(entry("e1", "exact", "B1234CD"));
    index.apply(entry("e2", "lenient", "B1234CD"));

    assertThat(at(NOON, "81234CD")).extracting(ListMatch::listId).containsExactly("lenient");
    assertThat(at(NOON, "B1234CX")).extracting(ListMatch::listId).containsExactly("lenient");
    assertThat(at(NOON, "B1234XX")).isEmpty();
  }

  @Test
  void patternsMatchExactly() {
    index.apply(list("fleet", ListMeaning.ALLOW, null));
    index.apply(entry("e1", "fleet", "B 12?? *"));
    index.apply(entry("e2", "fleet", "*XYZ"));
    index.apply(entry("e3", "fleet", "?1*"));

    assertThat(at(NOON, "B1299A"))
        .extracting(ListMatch::entryId, ListMatch::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("e1", Kind.PATTERN),
            org.assertj.core.groups.Tuple.tuple("e3", Kind.PATTERN));
    assertThat(at(NOON, "HHXYZ")).extracting(ListMatch::entryId).containsExactly("e2");
    assertThat(at(NOON, "821")).isEmpty();
  }

  @Test
  void entriesCountAtTheirPlacesAndTimes() {
    index.apply(list("staff", ListMeaning.ALLOW, null));
    index.apply(
        entry("e1", "staff", "B1", List.of("harbour"), List.of(), null, null, null, 1, false));
    index.apply(
        entry(
            "e2", "staff", "B1", List.of("garage"), List.of("cam-2"), null, null, null, 1, false));
    index.apply(
        entry(
            "e3",
            "staff",
            "B1",
            List.of(),
            List.of("cam-1"),
            "Mo 13:00-14:00",
            null,
            null,
            1,
            false));
    index.apply(
        entry(
            "e4", "staff", "B1", List.of(), List.of(), null, NOON, NOON.plusSeconds(60), 1, false));

    assertThat(at(NOON, "B1")).extracting(ListMatch::entryId).containsExactly("e4");
    assertThat(at(NOON.plusSeconds(60), "B1")).isEmpty();
    assertThat(index.matches("B1", GATE, NOON.plusSeconds(59), NOON.plusSeconds(90)))
        .extracting(ListMatch::entryId)
        .containsExactly("e4");
    assertThat(at(NOON.plusSeconds(3600), "B1"))
        .extracting(ListMatch::entryId)
        .containsExactly("e3");
  }

  @Test
  void ofTwoVersionsTheHigherHoldsInAnyOrder() {
    assertThat(index.apply(entry("e1", "staff", "B1", 5, true))).isTrue();
    assertThat(index.apply(entry("e1", "staff", "B1", 4, false))).isFalse();
    index.apply(list("staff", ListMeaning.ALLOW, null));
    assertThat(at(NOON, "B1")).isEmpty();
    index.apply(entry("e1", "staff", "B1", 6, false));
    assertThat(at(NOON, "B1")).hasSize(1);
    index.apply(entry("e1", "staff", "B2*", 7, false));
    assertThat(at(NOON, "B1")).isEmpty();
    assertThat(at(NOON, "B22")).hasSize(1);
    index.apply(
        new AccessList(
            "staff", "Staff", ListMeaning.ALLOW, null, null, null, null, 9, NOON, null, true));
    assertThat(at(NOON, "B22")).isEmpty();
    assertThat(index.size()).isEqualTo(1);

    // Two records of one version: the later holds, as in the compacted topic.
    index.apply(list("staff", ListMeaning.ALLOW, null));
    assertThat(index.apply(entry("e2", "staff", "B3", 1, false))).isTrue();
    assertThat(index.apply(entry("e2", "staff", "B3", 1, false))).isFalse();
    assertThat(index.apply(entry("e2", "staff", "B3", 1, true))).isTrue();
    assertThat(at(NOON, "B3")).isEmpty();
  }

  @Test
  void findsWhatLookingAtEachEntryFinds() {
    Random random = new Random(7);
    index.apply(list("mixed", ListMeaning.ALLOW, 1.0));
    List<ListEntry> all = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String plate = plate(random);
      String pattern =
          switch (i % 4) {
            case 0 -> plate.substring(0, 3) + "*";
            case 1 -> "*" + plate.substring(1, 3) + "?" + plate.charAt(4);
            default -> plate;
          };
      // Ids are used again, with other patterns.
      ListEntry entry = entry("e" + i % 400, "mixed", pattern, i, i % 11 == 0);
      all.removeIf(old -> old.entryId().equals(entry.entryId()));
      all.add(entry);
      index.apply(entry);
    }
    int found = 0;
    for (int i = 0; i < 400; i++) {
      String plate = plate(random);
      List<String> expected = oneByOne(plate, all);
      assertThat(at(NOON, plate))
          .extracting(ListMatch::entryId)
          .containsExactlyInAnyOrderElementsOf(expected);
      found += expected.size();
    }
    assertThat(found).isGreaterThan(100);
  }

  @Test
  void whatAnEntryConcernsIsWhatItChanges() {
    Random random = new Random(5);
    for (double tolerance : new double[] {0, 0.6, 1.3}) {
      ListIndex lists = new ListIndex(tolerance);
      lists.apply(list("staff", ListMeaning.ALLOW, null));
      List<String> inView = Stream.generate(() -> plate(random)).limit(100).toList();
      for (int i = 0; i < 300; i++) {
        String plate = plate(random);
        String pattern = i % 5 == 0 ? plate.substring(0, 3) + "*" : plate;
        List<List<ListMatch>> before = matches(lists, inView);
        lists.apply(entry("e" + i, "staff", pattern));
        List<List<ListMatch>> after = matches(lists, inView);
        Predicate<String> concerned = lists.concernedBy(pattern);
        for (int p = 0; p < inView.size(); p++) {
          if (!concerned.test(inView.get(p))) {
            assertThat(after.get(p))
                .as("%s by %s", inView.get(p), pattern)
                .isEqualTo(before.get(p));
          }
        }
      }
      assertThat(inView).anyMatch(plate -> !lists.concernedBy("ZZZZZ").test(plate));
    }
  }

  private static List<List<ListMatch>> matches(ListIndex lists, List<String> plates) {
    return plates.stream().map(plate -> lists.matches(plate, GATE, NOON, NOON)).toList();
  }

  private static List<String> oneByOne(String plate, List<ListEntry> all) {
    double nearest = 1;
    for (ListEntry entry : all) {
      if (!entry.removed() && isPlate(entry)) {
        nearest = Math.min(nearest, ConfusionDistance.distance(plate, entry.pattern()));
      }
    }
    List<String> expected = new ArrayList<>();
    for (ListEntry entry : all) {
      boolean matches =
          isPlate(entry)
              ? ConfusionDistance.distance(plate, entry.pattern()) == nearest
              : plate.matches(entry.pattern().replace("*", ".*").replace('?', '.'));
      if (matches && !entry.removed()) {
        expected.add(entry.entryId());
      }
    }
    return expected;
  }

  private static boolean isPlate(ListEntry entry) {
    return !entry.pattern().contains("*") && !entry.pattern().contains("?");
  }

  private static String plate(Random random) {
    String letters = "AB8D0";
    StringBuilder plate = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      plate.append(letters.charAt(random.nextInt(letters.length())));
    }
    return plate.toString();
  }

  private List<ListMatch> at(Instant time, String plate) {
    return index.matches(plate, GATE, time, time);
  }

  private static AccessList list(String id, ListMeaning meaning, @Nullable Double tolerance) {
    return new AccessList(id, id, meaning, null, tolerance, null, null, 1, NOON, null, false);
  }

  private static ListEntry entry(String id, String list, String pattern) {
    return entry(id, list, pattern, 1, false);
  }

  private static ListEntry entry(
      String id, String list, String pattern, long version, boolean removed) {
    return entry(id, list, pattern, List.of(), List.of(), null, null, null, version, removed);
  }

  private static ListEntry entry(
      String id,
      String list,
      String pattern,
      List<String> sites,
      List<String> cameras,
      @Nullable String hours,
      @Nullable Instant from,
      @Nullable Instant until,
      long version,
      boolean removed) {
    return new ListEntry(
        id, list, pattern, false, null, null, sites, cameras, hours, from, until, version, NOON,
        null, removed);
  }
}
