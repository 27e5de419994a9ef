package io.plateflow.models.consensus;

import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.schemas.plate.ConfusionDistance;
import io.plateflow.schemas.plate.PlateRead;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes one text of the reads of a track. The reads vote character by character, aligned to the
 * hypothesis that has most behind it, as in ROVER (Fiscus 1997); then that vote, the reads' own
 * texts and their candidates are weighed by how well they agree with every read and by the plate
 * grammar. Thread-safe; the result depends on the reads only, not on their order.
 */
public final class PlateConsensus {

  /** Frames of one track are alike, so further reads say less than their number. */
  private static final double INDEPENDENCE = 0.5;

  /** Share of a read's belief that is left for texts it did not think of. */
  private static final double UNTHOUGHT = 0.05;

  /** How much a text loses with a read per unit of distance to it. */
  private static final double PER_DISTANCE = 3;

  /** A read that was never sure of anything still has a say. */
  private static final double LEAST_WEIGHT = 0.02;

  private final PlateGrammar grammar;
  private final double grammarWeight;

  /**
   * @param grammarWeight factor on the grammar's log-prior; 0 lets only the reads count
   */
  public PlateConsensus(PlateGrammar grammar, double grammarWeight) {
    this.grammar = grammar;
    this.grammarWeight = grammarWeight;
  }

  /**
   * What the reads agree on; nothing where none of them read anything.
   *
   * @param reads of one track so far, empty ones among them
   * @param regions countries that are expected, most likely first; empty means any
   */
  public ConsensusText agree(List<PlateRead> reads, List<String> regions) {
    List<PlateRead> voters = reads.stream().filter(read -> !read.isEmpty()).toList();
    if (voters.isEmpty()) {
      return ConsensusText.nothing(reads.size());
    }
    Set<String> hypotheses = new LinkedHashSet<>();
    voters.forEach(read -> hypotheses.add(read.text()));
    CharacterVote vote = CharacterVote.of(strongest(voters), voters, PlateConsensus::weight);
    if (!vote.text().isEmpty()) {
      hypotheses.add(vote.text());
    }
    voters.forEach(read -> read.candidates().forEach(c -> hypotheses.add(c.text())));
    hypotheses.remove("");

    Map<String, Double> scores = new LinkedHashMap<>();
    for (String text : hypotheses) {
      scores.put(text, score(text, voters, regions));
    }
    Map.Entry<String, Double> best =
        scores.entrySet().stream()
            .max(
                Map.Entry.<String, Double>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .orElseThrow();
    return result(best.getKey(), best.getValue(), scores, voters, reads.size());
  }

  private ConsensusText result(
      String text, double top, Map<String, Double> scores, List<PlateRead> voters, int reads) {
    double sum = scores.values().stream().mapToDouble(score -> Math.exp(score - top)).sum();
    List<PlateRead> agreeing = voters.stream().filter(read -> read.text().equals(text)).toList();
    // However surely the alternatives are ruled out, the text is no better than what was seen of
    // it.
    double seen =
        1
            - agreeing.stream()
                .mapToDouble(read -> 1 - Math.min(0.999, read.confidence()))
                .reduce(1, (a, b) -> a * Math.pow(b, INDEPENDENCE));
    double believed = agreeing.isEmpty() ? believed(text, voters) : seen;
    PlateRead best =
        agreeing.isEmpty()
            ? nearest(text, voters)
            : agreeing.stream().max(Comparator.comparingDouble(PlateRead::confidence)).get();
    List<PlateRead.Candidate> candidates =
        scores.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(10)
            .map(e -> new PlateRead.Candidate(e.getKey(), Math.exp(e.getValue() - top) / sum))
            .toList();
    return new ConsensusText(
        text,
        Math.min(1, believed / sum),
        CharacterVote.scores(text, voters, PlateConsensus::weight),
        candidates,
        agreeing.size(),
        reads,
        best,
        date(voters));
  }

  private static double believed(String text, List<PlateRead> voters) {
    double best = 0;
    for (PlateRead read : voters) {
      best = Math.max(best, belief(text, read));
    }
    return best;
  }

  private double score(String text, List<PlateRead> voters, List<String> regions) {
    double sum = 0;
    double weights = 0;
    for (PlateRead read : voters) {
      double w = weight(read);
      sum += w * Math.log(belief(text, read));
      weights += w;
    }
    // The mean read counts as often as there are reads that are not mere repetitions.
    double effective = Math.pow(weights, INDEPENDENCE);
    return effective * sum / weights + grammarWeight * grammar.logPrior(text, regions);
  }

  /** What a read thinks of a text, as a probability: its candidate's, else by its distance. */
  private static double belief(String text, PlateRead read) {
    double thought = 0;
    for (PlateRead.Candidate candidate : read.candidates()) {
      if (candidate.text().equals(text)) {
        thought = candidate.score();
      }
    }
    if (read.candidates().isEmpty() && read.text().equals(text)) {
      thought = read.confidence();
    }
    double distance = ConfusionDistance.distance(text, read.text());
    return (1 - UNTHOUGHT) * thought + UNTHOUGHT * Math.exp(-PER_DISTANCE * distance);
  }

  private static double weight(PlateRead read) {
    return Math.max(LEAST_WEIGHT, read.confidence());
  }

  private static String strongest(List<PlateRead> voters) {
    Map<String, Double> support =
        voters.stream()
            .collect(
                Collectors.groupingBy(
                    PlateRead::text,
                    LinkedHashMap::new,
                    Collectors.summingDouble(PlateConsensus::weight)));
    return support.entrySet().stream()
        .max(
            Map.Entry.<String, Double>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .orElseThrow()
        .getKey();
  }

  private static PlateRead nearest(String text, List<PlateRead> voters) {
    return voters.stream()
        .max(Comparator.comparingDouble(read -> belief(text, read)))
        .orElseThrow();
  }

  private static @Nullable String date(List<PlateRead> voters) {
    Map<String, Double> votes = new LinkedHashMap<>();
    for (PlateRead read : voters) {
      if (read.date() != null) {
        votes.merge(read.date(), weight(read), Double::sum);
      }
    }
    return votes.entrySet().stream()
        .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
