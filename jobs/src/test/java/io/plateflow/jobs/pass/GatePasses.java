package io.plateflow.jobs.pass;

import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Passes at gates, for tests. */
public final class GatePasses {

  public static final Instant EIGHT = Instant.parse("2026-03-01T08:00:00Z");

  private static final String[] LOOK_ALIKES = {"B1234XUA", "B1234XVA", "B1Z34XUA", "81234XUA"};

  private GatePasses() {}

  public static GatePass entry(String id, String plate, String afterEight) {
    return pass(id, 0, GateType.ENTRY, plate, EIGHT.plus(Duration.parse(afterEight)));
  }

  public static GatePass exit(String id, String plate, String afterEight) {
    return pass(id, 0, GateType.EXIT, plate, EIGHT.plus(Duration.parse(afterEight)));
  }

  public static GatePass pass(String id, int revision, GateType gate, String plate, Instant at) {
    return new GatePass(
        id,
        revision,
        new Place(gate.label(), "Gate " + gate.label(), gate, "UTC", "default"),
        plate,
        at,
        "car",
        false,
        false,
        null);
  }

  /**
   * Passes of one key within eight hours, or within twenty minutes; some come again with another
   * plate of the key, some are taken back.
   */
  public static List<GatePass> random(Random random, int passes) {
    List<GatePass> all = new ArrayList<>();
    boolean crowded = random.nextBoolean();
    for (int i = 0; i < passes; i++) {
      // Few distinct times, so that passes meet in the same instant too.
      Instant at = EIGHT.plusSeconds(30L * random.nextInt(crowded ? 40 : 960));
      GateType gate = random.nextBoolean() ? GateType.ENTRY : GateType.EXIT;
      GatePass first = pass("p" + i, 0, gate, plate(random), at);
      all.add(first);
      if (random.nextInt(5) == 0) {
        all.add(pass("p" + i, 1, gate, plate(random), at));
      }
      if (random.nextInt(8) == 0) {
        all.add(first.retracted(2));
      }
    }
    return all;
  }

  /** The passes, about half of them with something that people said about their visits. */
  public static List<GatePass> withHints(Random random, List<GatePass> passes) {
    List<String> entries =
        passes.stream()
            .filter(pass -> pass.place().gate() == GateType.ENTRY)
            .map(GatePass::passId)
            .distinct()
            .toList();
    List<GatePass> hinted = new ArrayList<>();
    for (GatePass pass : passes) {
      hinted.add(random.nextBoolean() ? pass : pass.withHint(hint(random, pass, entries)));
    }
    return hinted;
  }

  private static VisitHint hint(Random random, GatePass pass, List<String> entries) {
    if (pass.place().gate() == GateType.ENTRY) {
      return VisitHint.closed(pass.at().plusSeconds(30L * random.nextInt(240)));
    }
    if (entries.isEmpty()) {
      return null;
    }
    String entry = entries.get(random.nextInt(entries.size()));
    return random.nextBoolean()
        ? VisitHint.joined(entry, LOOK_ALIKES[0])
        : VisitHint.split(List.of(entry));
  }

  private static String plate(Random random) {
    // The first one most of the time.
    return LOOK_ALIKES[Math.max(0, random.nextInt(8) - 4)];
  }
}
