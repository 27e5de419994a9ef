package io.plateflow.standalone.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a run does.
 *
 * @param kills how often what is killed
 * @param seed of the order of the kills and of the time between them
 * @param cameras recorded ones that play
 * @param film how long the film of each lasts
 * @param frameRate frames per second that are looked at
 * @param longestPause between a recovery and the next kill
 * @param demo where the bundled clips are
 */
record ChaosOptions(
    Map<Target, Integer> kills,
    long seed,
    int cameras,
    Duration film,
    double frameRate,
    Duration longestPause,
    Path demo) {

  /** Of the film that is played between two kills at least; the rest of a kill stands still. */
  private static final Duration FILM_PER_KILL = Duration.ofSeconds(20);

  private static final Duration FILM_AROUND = Duration.ofSeconds(20);

  ChaosOptions {
    kills = new EnumMap<>(kills);
  }

  /** So much film that the kills find something to disturb. */
  static Duration filmFor(Map<Target, Integer> kills) {
    int all = kills.values().stream().mapToInt(Integer::intValue).sum();
    return FILM_AROUND.plus(FILM_PER_KILL.multipliedBy(all));
  }

  /** The kills in the order in which they happen: by chance, the same for the same seed. */
  List<Target> plan() {
    List<Target> plan = new ArrayList<>();
    kills.forEach((target, count) -> plan.addAll(Collections.nCopies(count, target)));
    Collections.shuffle(plan, new Random(seed));
    return plan;
  }
}
