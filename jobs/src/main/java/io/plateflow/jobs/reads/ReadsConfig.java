package io.plateflow.jobs.reads;

import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.plateflow.schemas.config.DurationRange;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How reads of others than the cameras of the job become passes.
 *
 * @param mergeWithin reads of one plate by one camera that follow each other within this, by their
 *     capture times, are one pass; zero merges none
 * @param remember a record that comes again within this of the last one of its hour of capture is
 *     passed over
 * @param sources those that stand for a gate or a place; others are passages under their own names
 */
@Consistent
public record ReadsConfig(
    @DurationRange(max = "10m") Duration mergeWithin,
    @DurationRange(min = "1h", max = "3650d") Duration remember,
    List<ReadSourceConfig> sources)
    implements CrossChecked, Serializable {

  public static final ReadsConfig DEFAULT =
      new ReadsConfig(Duration.ofSeconds(5), Duration.ofDays(7), List.of());

  public ReadsConfig {
    sources = List.copyOf(sources);
  }

  @Override
  public void crossCheck(Problems problems) {
    Set<String> names = new HashSet<>();
    for (ReadSourceConfig source : sources) {
      if (source.name() != null && !names.add(source.name())) {
        problems.add("sources", "found '%s' twice, expected it once".formatted(source.name()));
      }
    }
  }
}
