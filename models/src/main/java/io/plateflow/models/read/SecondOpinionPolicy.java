package io.plateflow.models.read;

import io.plateflow.models.grammar.PlateGrammar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** When a local reading is worth a question to Gemini. */
public final class SecondOpinionPolicy {

  private static final double CERTAIN = 0.9;
  private static final double OF_CRC = 1.0 / (1L << 32);

  private final SecondOpinionConfig config;

  public SecondOpinionPolicy(SecondOpinionConfig config) {
    this.config = config;
  }

  /**
   * @param id of what is read; decides whether it is in the sample, the same in every replay
   * @param text agreed on by the local reads, normalised; empty where they read nothing
   * @param score of it, 0..1
   * @param reads pictures that were read
   * @param agreeingReads how many of them say {@code text}
   * @param regions countries that are expected; empty means any
   * @return why Gemini is asked, or null
   */
  public @Nullable String reason(
      ReadingMode mode,
      String id,
      String text,
      double score,
      int reads,
      int agreeingReads,
      PlateGrammar grammar,
      List<String> regions) {
    return switch (mode) {
      case LOCAL_ONLY -> null;
      case GEMINI_FIRST, GEMINI_ONLY -> "policy";
      case LOCAL_FIRST -> doubt(id, text, score, reads, agreeingReads, grammar, regions);
    };
  }

  private @Nullable String doubt(
      String id,
      String text,
      double score,
      int reads,
      int agreeingReads,
      PlateGrammar grammar,
      List<String> regions) {
    if (text.isEmpty()) {
      return "unread";
    }
    if (score < config.sureScore()) {
      return "unsure";
    }
    // Reads from far away differ from those from near; where the vote is certain all the same, that
    // is no doubt.
    if (reads > 2 && agreeingReads * 2 < reads && score < CERTAIN) {
      return "reads disagree";
    }
    if (!grammar.follows(text, regions)) {
      return "no known format";
    }
    return sampled(id) ? "sampled" : null;
  }

  private boolean sampled(String id) {
    CRC32 crc = new CRC32();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() * OF_CRC < config.sampledShare();
  }
}
