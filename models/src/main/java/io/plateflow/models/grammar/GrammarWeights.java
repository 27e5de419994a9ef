package io.plateflow.models.grammar;

import java.io.Serializable;

/**
 * How much plate grammar weighs against what the picture shows.
 *
 * @param prior factor on the grammar's log-prior; 0 reads what the picture says and nothing else
 * @param lattice factor on the lattice's log-probability; below 1 it tempers a network that is
 *     surer than it should be
 * @param anyText prior share of texts that follow no known format, 0..1
 * @param hinted prior share that goes to the expected countries where some are named, 0..1
 * @param seen how far the reader's own view of the country is trusted, 0..1
 * @param corrections texts that are tried with confusable characters exchanged, beside those that
 *     the beam search found
 */
public record GrammarWeights(
    double prior, double lattice, double anyText, double hinted, double seen, int corrections)
    implements Serializable {

  public static final GrammarWeights DEFAULT = new GrammarWeights(0.5, 0.9, 0.15, 0.9, 0.9, 24);

  public GrammarWeights {
    if (!(prior >= 0 && prior <= 10)
        || !(lattice > 0 && lattice <= 10)
        || !(anyText > 0 && anyText < 1)
        || !(hinted >= 0 && hinted < 1)
        || !(seen >= 0 && seen < 1)
        || corrections < 0) {
      throw new IllegalArgumentException(
          ("Grammar weights: found prior=%s lattice=%s anyText=%s hinted=%s seen=%s corrections=%d,"
                  + " expected 0..10, above 0..10, between 0 and 1, 0 to below 1, the same, 0 or more")
              .formatted(prior, lattice, anyText, hinted, seen, corrections));
    }
  }
}
