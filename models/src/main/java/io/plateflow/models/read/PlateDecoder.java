package io.plateflow.models.read;

import io.plateflow.models.grammar.CountryExpectation;
import io.plateflow.models.grammar.CtcBeamSearch;
import io.plateflow.models.grammar.CtcLattice;
import io.plateflow.models.grammar.CtcScorer;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.grammar.PlateMatch;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lattices of one plate's crops into a read: texts that the beam searches find and texts
 * that the grammar makes of them, each weighed by what all lattices and the grammar say of it.
 * Serves one thread.
 */
final class PlateDecoder {

  static final String READER = "local";

  private static final int CANDIDATES = 10;

  /** Longer plates are unknown; longer texts are walls of lettering. */
  private static final int LONGEST_TEXT = 12;

  /** One crop that cuts a character off cannot rule a text out. */
  private static final double LEAST_LOG_PROBABILITY = -30;

  private final CtcBeamSearch search;
  private final CtcScorer scorer = new CtcScorer();
  private final PlateGrammar grammar;
  private final GrammarWeights weights;

  /** A crop's lattice and the likeliest texts that the beam search finds in it. */
  record Searched(CtcLattice lattice, List<CtcBeamSearch.Hypothesis> hypotheses) {}

  private record Scored(String text, double score, double probability) {}

  PlateDecoder(int beamWidth, PlateGrammar grammar, GrammarWeights weights) {
    this.search = new CtcBeamSearch(beamWidth);
    this.grammar = grammar;
    this.weights = weights;
  }

  Searched search(CtcLattice lattice) {
    return new Searched(lattice, search.search(lattice));
  }

  /**
   * @param crops of the same plate
   * @param date {@code MM.YY}, or null
   */
  PlateRead decode(List<Searched> crops, @Nullable String date, CountryExpectation expectation) {
    List<CtcLattice> lattices = crops.stream().map(Searched::lattice).toList();
    Set<String> texts = new LinkedHashSet<>();
    String first = null;
    double firstProbability = Double.NEGATIVE_INFINITY;
    for (Searched crop : crops) {
      for (CtcBeamSearch.Hypothesis hypothesis : crop.hypotheses()) {
        texts.add(hypothesis.text());
        if (hypothesis.logProbability() > firstProbability && !hypothesis.text().isEmpty()) {
          first = hypothesis.text();
          firstProbability = hypothesis.logProbability();
        }
      }
    }
    if (first == null || first.length() > LONGEST_TEXT) {
      return PlateRead.nothing(READER);
    }
    texts.addAll(
        grammar.corrections(
            first, symbolScores(lattices, first), expectation, weights.corrections()));
    List<Scored> scored = new ArrayList<>(texts.size());
    double seen = 0;
    for (String text : texts) {
      double logProbability = logProbability(lattices, text);
      double probability = Math.exp(logProbability);
      seen += probability;
      double score =
          weights.lattice() * logProbability
              + weights.prior() * grammar.logPrior(text, expectation);
      if (score > Double.NEGATIVE_INFINITY) {
        scored.add(new Scored(text, score, probability));
      }
    }
    scored.sort(Comparator.comparingDouble(Scored::score).reversed());
    if (scored.isEmpty() || scored.get(0).text().isEmpty()) {
      return PlateRead.nothing(READER);
    }
    return read(scored, Math.max(0, 1 - seen), lattices, date, expectation);
  }

  /**
   * @param unseen probability that the lattices give to texts that were not looked at
   */
  private PlateRead read(
      List<Scored> scored,
      double unseen,
      List<CtcLattice> lattices,
      @Nullable String date,
      CountryExpectation expectation) {
    String text = scored.get(0).text();
    double top = scored.get(0).score();
    // What was not looked at counts as one text of no known format.
    double rest =
        unseen > 0
            ? Math.exp(
                weights.lattice() * Math.log(unseen)
                    + weights.prior() * grammar.logPriorOfNoFormat(text.length())
                    - top)
            : 0;
    double sum = rest;
    for (Scored s : scored) {
      sum += Math.exp(s.score() - top);
    }
    List<PlateRead.Candidate> candidates = new ArrayList<>(CANDIDATES);
    for (Scored s : scored.subList(0, Math.min(CANDIDATES, scored.size()))) {
      candidates.add(new PlateRead.Candidate(s.text(), Math.exp(s.score() - top) / sum));
    }
    PlateMatch match = grammar.match(text, expectation);
    return new PlateRead(
        text,
        1 / sum,
        characterScores(lattices, text),
        candidates,
        date,
        match == null ? null : match.country(),
        READER);
  }

  /** The crops are pictures of one plate through different windows: their mean counts. */
  private double logProbability(List<CtcLattice> lattices, String text) {
    double sum = 0;
    for (CtcLattice lattice : lattices) {
      sum += Math.max(LEAST_LOG_PROBABILITY, scorer.logProbability(lattice, text));
    }
    return sum / lattices.size();
  }

  private float[] characterScores(List<CtcLattice> lattices, String text) {
    float[][] symbols = symbolScores(lattices, text);
    float[] scores = new float[text.length()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = symbols[i][lattices.get(0).symbols().indexOf(text.charAt(i))];
    }
    return scores;
  }

  private float[][] symbolScores(List<CtcLattice> lattices, String text) {
    float[][] mean = new float[text.length()][lattices.get(0).symbols().length()];
    for (CtcLattice lattice : lattices) {
      scorer.addSymbolScores(lattice, text, 1f / lattices.size(), mean);
    }
    return mean;
  }
}
