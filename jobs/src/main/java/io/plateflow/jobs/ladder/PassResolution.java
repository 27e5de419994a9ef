package io.plateflow.jobs.ladder;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.models.attributes.PlateAttributeExtractor;
import io.plateflow.models.consensus.RungFusion;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.plate.RungRead;
import java.util.List;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** Fuses what the local rungs agreed on with Gemini's answer. */
final class PassResolution {

  /** Half: the local reads have been weighed by the grammar once already. */
  private static final double GRAMMAR_WEIGHT = 0.5;

  private final RungFusion fusion;
  private final PlateAttributeExtractor attributes;
  private final Counter answered;
  private final Counter without;
  private final Counter corrected;

  PassResolution(MetricGroup metrics) {
    PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);
    this.fusion = new RungFusion(grammar, GRAMMAR_WEIGHT);
    this.attributes = new PlateAttributeExtractor(grammar);
    this.answered = metrics.counter("passesWithSecondRead");
    this.without = metrics.counter("passesWithoutSecondRead");
    this.corrected = metrics.counter("passesCorrectedBySecondRead");
  }

  /** The pass with the answer fused in; unchanged where the answer has no read. */
  PassUpdate resolved(PassUpdate update, ReadAnswer answer) {
    PlateRead asked = answer.read();
    if (asked == null) {
      without.inc();
      return update;
    }
    answered.inc();
    PassPlate plate =
        Objects.requireNonNull(update.pass().plate(), "who was asked about has a plate");
    PlateRead local = Objects.requireNonNull(update.local(), "who was asked about was read here");
    RungFusion.Fused fused = fusion.fuse(local, asked, answer.mode(), update.regions());
    PlateRead read = fused.read();
    if (!read.text().equals(plate.text())) {
      corrected.inc();
    }
    PassPlate resolved =
        new PassPlate(
            read.text(),
            plate.box(),
            plate.detectionScore(),
            read.confidence(),
            plate.reads() + 1,
            agreeing(plate, read, asked),
            read.reader(),
            attributes(plate.attributes(), answer.attributes(), read),
            List.of(RungRead.of(local), RungRead.of(asked)),
            fused.decision(),
            plate.looks());
    return update.withPass(update.pass().corrected(resolved));
  }

  /** Reads of another text do not speak for the one that holds. */
  private static int agreeing(PassPlate plate, PlateRead read, PlateRead asked) {
    return (read.text().equals(plate.text()) ? plate.agreeingReads() : 0)
        + (read.text().equals(asked.text()) ? 1 : 0);
  }

  /** Attributes seen locally win; Gemini's fill the gaps. */
  private PlateAttributes attributes(
      PlateAttributes local, @Nullable PlateAttributes asked, PlateRead read) {
    PlateAttributes seen = attributes.withText(local, read);
    if (asked == null) {
      return seen;
    }
    return new PlateAttributes(
        seen.number(),
        seen.date() != null ? seen.date() : asked.date(),
        seen.textColor() != null ? seen.textColor() : asked.textColor(),
        seen.backgroundColor() != null ? seen.backgroundColor() : asked.backgroundColor(),
        asked.icon(),
        asked.iconColor(),
        seen.blueStrip() || asked.blueStrip(),
        seen.type() != null ? seen.type() : asked.type(),
        seen.regionCode(),
        seen.regionName(),
        seen.country());
  }
}
