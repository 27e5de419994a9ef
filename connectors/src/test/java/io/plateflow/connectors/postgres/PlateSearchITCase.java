package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.plate;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.search.PlateHit;
import io.plateflow.clients.search.PlateMatch.Origin;
import io.plateflow.clients.search.PlateQuery;
import io.plateflow.clients.search.PlateQuery.Kind;
import io.plateflow.clients.search.PlateSearch;
import io.plateflow.clients.search.SearchCursor;
import io.plateflow.clients.search.SearchFilter;
import io.plateflow.clients.search.SearchPage;
import io.plateflow.clients.search.TextDifference;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.ConfusionDistance;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.RungRead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** Searches find what looking at every pass finds. */
@ExtendWith(EmbeddedServices.class)
@Timeout(180)
class PlateSearchITCase {

  private static final int PAGE = 60;

  private PostgresConfig options;
  private Tables tables;
  private PlateSearch search;

  @BeforeEach
  void open(PostgresConfig database) {
    options = database.withRetryFor(Duration.ofSeconds(20));
    tables = new Tables(options);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(options.jdbcUrl());
    source.setUser(options.user());
    source.setPassword(options.password());
    search = new PlateSearch(source);
  }

  @Test
  void findWhatLookingAtEveryPassFindsAfterPassesCameChangedAndWent() throws Exception {
    Map<String, VehiclePass> passes = writeRandomPasses();
    List<VehiclePass> newestFirst = new ArrayList<>(passes.values());
    List<String> ids = tables.rows("SELECT pass_key FROM detection_sessions ORDER BY id");
    newestFirst.sort(
        Comparator.comparing((VehiclePass p) -> p.frame().capturedAt())
            .thenComparing(p -> ids.indexOf(p.passId()))
            .reversed());

    for (SearchFilter filter : filters()) {
      Predicate<VehiclePass> counts = pass -> fits(filter, pass);
      for (String pattern : List.of("B*", "*7", "?1*2", "B?1*", "*X*", "B12*", "*5X", "B 12 x")) {
        PlateQuery query = PlateQuery.of(Kind.PATTERN, pattern);
        assertThat(all(query, filter))
            .as("%s with %s", pattern, filter)
            .isEqualTo(
                newestFirst.stream()
                    .filter(counts)
                    .filter(p -> texts(p, filter).anyMatch(regex(query.text()).asMatchPredicate()))
                    .map(VehiclePass::passId)
                    .toList());
      }
      for (String part : List.of("12", "123", "Q", "B1")) {
        assertThat(all(PlateQuery.of(Kind.SUBSTRING, part), filter))
            .as("*%s* with %s", part, filter)
            .isEqualTo(
                newestFirst.stream()
                    .filter(counts)
                    .filter(p -> texts(p, filter).anyMatch(text -> text.contains(part)))
                    .map(VehiclePass::passId)
                    .toList());
      }
      for (String plate : List.of("B12X", "B13Q", "B1X", "Q")) {
        assertThat(all(PlateQuery.of(Kind.EXACT, plate), filter))
            .as("%s with %s", plate, filter)
            .isEqualTo(
                newestFirst.stream()
                    .filter(counts)
                    .filter(p -> texts(p, filter).anyMatch(plate::equals))
                    .map(VehiclePass::passId)
                    .toList());
        assertThat(all(PlateQuery.of(Kind.LOOK_ALIKE, plate), filter))
            .as("like %s with %s", plate, filter)
            .isEqualTo(
                newestFirst.stream()
                    .filter(counts)
                    .filter(p -> distance(plate, p, filter) <= PlateSearch.MOST_DISTANCE)
                    .sorted(Comparator.comparingDouble(p -> distance(plate, p, filter)))
                    .map(VehiclePass::passId)
                    .toList());
      }
    }
  }

  /** All pages of a search. */
  private List<String> all(PlateQuery query, SearchFilter filter) {
    List<String> found = new ArrayList<>();
    SearchCursor after = null;
    do {
      SearchPage page = search.search(query, filter, after, PAGE);
      page.hits().forEach(hit -> found.add(hit.passKey()));
      after = page.next();
      assertThat(page.hits()).hasSizeLessThanOrEqualTo(PAGE);
    } while (after != null);
    return found;
  }

  private static List<SearchFilter> filters() {
    SearchFilter none = SearchFilter.NONE;
    return List.of(
        none,
        none.withReads(false),
        none.withCameraId("cam-1"),
        none.withLocation("Gate 1").withVehicleClass("truck"),
        none.withFrom(NOON.plusSeconds(60_000)).withTo(NOON.plusSeconds(90_000)),
        none.withPlateStatus("blacklist").withPlateType("public"),
        none.withLocation("nowhere"));
  }

  private static boolean fits(SearchFilter filter, VehiclePass pass) {
    var at = pass.frame().capturedAt();
    return (filter.from() == null || !at.isBefore(filter.from()))
        && (filter.to() == null || at.isBefore(filter.to()))
        && (filter.cameraId() == null || filter.cameraId().equals(pass.cameraId()))
        && (filter.location() == null || filter.location().equals(pass.place().location()))
        && (filter.vehicleClass() == null || filter.vehicleClass().equals(pass.vehicleClass()))
        && (filter.plateType() == null
            || filter.plateType().equals(pass.plate().attributes().type()))
        && (filter.plateStatus() == null || pass.match() != null);
  }

  private static Stream<String> texts(VehiclePass pass, SearchFilter filter) {
    Stream<String> plate = Stream.of(pass.plateText());
    Stream<String> reads =
        Stream.concat(
            pass.plate().looks().stream().map(look -> look.read().text()),
            pass.plate().rungs().stream().skip(1).map(RungRead::text));
    return (filter.reads() ? Stream.concat(plate, reads) : plate).filter(t -> !t.isEmpty());
  }

  private static double distance(String plate, VehiclePass pass, SearchFilter filter) {
    return texts(pass, filter)
        .mapToDouble(text -> ConfusionDistance.distance(plate, text))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static Pattern regex(String pattern) {
    return Pattern.compile(pattern.replace("?", ".").replace("*", ".*"));
  }

  private Map<String, VehiclePass> writeRandomPasses() throws Exception {
    Random random = new Random(11);
    Map<String, VehiclePass> latest = new TreeMap<>();
    try (TestTable<VehiclePass> writer = TestTable.passes(options)) {
      for (int batch = 0; batch < 12; batch++) {
        Map<String, VehiclePass> passes = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
          VehiclePass pass = randomPass(random, "pass-" + random.nextInt(900));
          passes.put(pass.passId(), pass);
        }
        writer.write(List.copyOf(passes.values()));
        latest.putAll(passes);
      }
    }
    // By hand, as somebody may who erases a plate.
    tables.execute("DELETE FROM detection_sessions WHERE pass_key LIKE '%7'");
    latest.keySet().removeIf(key -> key.endsWith("7"));
    assertPlatesAreCountedRight(tables);
    return latest;
  }

  private static VehiclePass randomPass(Random random, String id) {
    String text = random.nextInt(20) == 0 ? "" : randomText(random);
    List<PlateLook> looks = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String seen = random.nextInt(3) == 0 || text.isEmpty() ? randomText(random) : text;
      looks.add(new PlateLook(NOON, read("local", seen)));
    }
    PassPlate plate =
        withReads(
            plate(text, random.nextBoolean() ? "private" : "public", "B", null),
            looks,
            List.of(read("local", text), read("gemini", randomText(random))));
    return TestPasses.pass(
        id,
        "cam-" + random.nextInt(4),
        "Gate " + random.nextInt(3),
        GateType.values()[random.nextInt(2)],
        // Whole minutes, so that some are at the same time.
        NOON.plusSeconds(60L * random.nextInt(2 * 24 * 60)),
        TestPasses.vehicle(random.nextBoolean() ? "car" : "truck"),
        plate,
        random.nextInt(5) == 0 ? TestPasses.blacklisted("B1X") : null);
  }

  /** Of few characters, so that much is alike. */
  private static String randomText(Random random) {
    String digits = "1257".charAt(random.nextInt(4)) + (random.nextInt(3) == 0 ? "3" : "");
    return "BQ8".charAt(random.nextInt(3)) + "1" + digits + "X5SQ".charAt(random.nextInt(4));
  }

  private static PassPlate withReads(PassPlate p, List<PlateLook> looks, List<RungRead> rungs) {
    return new PassPlate(
        p.text(),
        p.box(),
        p.detectionScore(),
        p.readScore(),
        p.reads(),
        p.agreeingReads(),
        p.reader(),
        p.attributes(),
        rungs,
        "local: surer",
        looks);
  }

  private static RungRead read(String reader, String text) {
    return new RungRead(reader, text, 0.5, Collections.nCopies(text.length(), 0.5f));
  }

  static void assertPlatesAreCountedRight(Tables tables) {
    assertSame(
        tables,
        "SELECT text, passes, last_seen FROM search_plates",
        "SELECT text, count(*), max(timestamp) FROM search_texts GROUP BY 1");
    assertSame(
        tables,
        "SELECT * FROM search_texts",
        "SELECT * FROM searchable_texts(ARRAY(SELECT id FROM detection_sessions))");
  }

  private static void assertSame(Tables tables, String kept, String truth) {
    assertThat(tables.rows(kept)).isNotEmpty();
    assertThat(tables.rows("(%s) EXCEPT (%s)".formatted(kept, truth))).isEmpty();
    assertThat(tables.rows("(%s) EXCEPT (%s)".formatted(truth, kept))).isEmpty();
  }

  @Test
  void aHitSaysWhyItWasFound() throws Exception {
    try (TestTable<VehiclePass> writer = TestTable.passes(options)) {
      VehiclePass other = pass("other", "D 55 XY");
      writer.write(
          List.of(
              pass("same", "B 1234 CD"),
              pass("alike", "8 1Z34 CD"),
              pass("longer", "B 12345 CD"),
              other.withPlate(
                  withReads(
                      other.plate(),
                      List.of(new PlateLook(NOON, read("local", "B1234C0"))),
                      List.of(read("local", "D55XY"))))));
    }

    List<PlateHit> hits =
        search
            .search(PlateQuery.of(Kind.LOOK_ALIKE, "b 1234 cd"), SearchFilter.NONE, null, 50)
            .hits();

    assertThat(hits)
        .extracting(h -> h.passKey(), h -> h.match().kind(), h -> h.match().origin())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("same", Kind.EXACT, Origin.PLATE),
            org.assertj.core.groups.Tuple.tuple("other", Kind.LOOK_ALIKE, Origin.READ),
            org.assertj.core.groups.Tuple.tuple("alike", Kind.LOOK_ALIKE, Origin.PLATE),
            org.assertj.core.groups.Tuple.tuple("longer", Kind.LOOK_ALIKE, Origin.PLATE));
    assertThat(hits).extracting(h -> h.match().distance()).containsExactly(0.0, 0.3, 0.6, 1.0);
    assertThat(hits.get(2).match().differences())
        .containsExactly(new TextDifference(0, "B", "8"), new TextDifference(2, "2", "Z"))
        .allMatch(TextDifference::lookAlike);
    assertThat(hits.get(3).match().differences())
        .containsExactly(new TextDifference(5, "", "5"))
        .noneMatch(TextDifference::lookAlike);
    assertThat(hits.get(1).plateText()).isEqualTo("D55XY");
    assertThat(hits.get(1).match().text()).isEqualTo("B1234C0");
    assertThat(hits.get(0).localTimestamp()).isEqualTo("2026-11-20T12:30:00+08:00");
    assertThat(hits.get(0).site()).isEqualTo("default");
  }

  @Test
  void aHashedPlateIsFoundAsAWholeOnly() throws Exception {
    VehiclePass open = pass("p1", "B 1234 CD");
    try (TestTable<VehiclePass> writer = TestTable.passes(options)) {
      writer.write(List.of(open.withPlate(open.plate().hiddenAs("#0123456789123456"))));
    }

    assertThat(all(PlateQuery.of(Kind.EXACT, "#0123456789123456"), SearchFilter.NONE))
        .containsExactly("p1");
    assertThat(all(PlateQuery.of(Kind.SUBSTRING, "1234"), SearchFilter.NONE)).isEmpty();
    assertThat(all(PlateQuery.of(Kind.SUBSTRING, "9"), SearchFilter.NONE)).isEmpty();
    assertThat(tables.count("plate_reads")).isZero();
  }

  private static VehiclePass pass(String id, String number) {
    VehiclePass pass =
        TestPasses.pass(
            id, "cam-1", "Gate 1", GateType.ENTRY, NOON, TestPasses.car(), plate(number), null);
    return pass;
  }

  @Test
  void theTablesFoldAsTheProgrammeDoes() {
    String characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    assertThat(tables.rows("SELECT fold_plate('%s')".formatted(characters)))
        .containsExactly(ConfusionDistance.fold(characters));
  }
}
