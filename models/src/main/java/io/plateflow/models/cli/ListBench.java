package io.plateflow.models.cli;

import io.plateflow.models.lists.ListIndex;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Measures how long lists of plates take to load, to match, and how much memory they need. */
final class ListBench {

  private static final Instant NOW = Instant.parse("2026-03-02T11:00:00Z");
  private static final Place GATE =
      new Place("cam-1", "North", GateType.ENTRY, "Asia/Jakarta", "site-1");
  private static final double TOLERANCE = 0.6;
  private static final int LISTS = 20;
  private static final int MATCHED = 20_000;
  private static final int IN_VIEW = 500;

  /**
   * Every tenth entry is a pattern, every other has hours or an end, or counts at one site only.
   */
  private static final int PATTERN_EVERY = 10;

  private final int entries;
  private final Random random = new Random(1);

  ListBench(int entries) {
    this.entries = entries;
  }

  String run() {
    List<ListEntry> all = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      all.add(entry(i));
    }
    long before = usedMemory();
    long begun = System.nanoTime();
    ListIndex index = new ListIndex(TOLERANCE);
    for (int i = 0; i < LISTS; i++) {
      index.apply(list(i));
    }
    all.forEach(index::apply);
    double loadSeconds = (System.nanoTime() - begun) / 1e9;
    long memory = usedMemory() - before;

    match(index, MATCHED / 2);
    long[] nanos = match(index, MATCHED);
    Arrays.sort(nanos);
    double importSeconds = importSeconds(index, all);
    return """
    %d entries in %d lists, every tenth of them a pattern
    loaded in %.2f s, %.0f MB of index beside the entries themselves
    a plate matched in %.4f ms (mean), %.4f ms (p99), %.4f ms (most)
    imported again beside %d vehicles in view: %.2f s to find those that an entry concerns
    """
        .formatted(
            index.size(),
            LISTS,
            loadSeconds,
            memory / 1e6,
            Arrays.stream(nanos).average().orElse(0) / 1e6,
            nanos[(int) (nanos.length * 0.99)] / 1e6,
            nanos[nanos.length - 1] / 1e6,
            IN_VIEW,
            importSeconds);
  }

  private double importSeconds(ListIndex index, List<ListEntry> imported) {
    List<String> inView = Stream.generate(this::plate).limit(IN_VIEW).toList();
    long begun = System.nanoTime();
    for (ListEntry entry : imported) {
      Predicate<String> concerned = index.concernedBy(entry.pattern());
      for (String plate : inView) {
        if (concerned.test(plate)) {
          index.matches(plate, GATE, NOW, NOW);
        }
      }
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private long[] match(ListIndex index, int times) {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      String plate = plate();
      long begun = System.nanoTime();
      index.matches(plate, GATE, NOW, NOW);
      nanos[i] = System.nanoTime() - begun;
    }
    return nanos;
  }

  private static AccessList list(int number) {
    ListMeaning meaning = ListMeaning.values()[number % ListMeaning.values().length];
    return new AccessList(
        "list-" + number, "List " + number, meaning, null, null, null, null, 1, NOW, null, false);
  }

  private ListEntry entry(int number) {
    String plate = plate();
    boolean narrow = number % 2 == 0;
    return new ListEntry(
        "entry-" + number,
        "list-" + number % LISTS,
        number % PATTERN_EVERY == 0 ? plate.substring(0, 4) + "*" : plate,
        false,
        "Holder " + number,
        null,
        narrow ? List.of("site-" + number % 5) : List.of(),
        List.of(),
        narrow ? "Mo-Fr 07:00-18:00" : null,
        null,
        narrow ? NOW.plusSeconds(number) : null,
        1,
        NOW,
        null,
        false);
  }

  /** Of a form such as B1234XYZ. */
  private String plate() {
    StringBuilder plate = new StringBuilder();
    plate.append((char) ('A' + random.nextInt(26)));
    for (int i = 0; i < 4; i++) {
      plate.append((char) ('0' + random.nextInt(10)));
    }
    for (int i = 0; i < 3; i++) {
      plate.append((char) ('A' + random.nextInt(26)));
    }
    return plate.toString();
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
