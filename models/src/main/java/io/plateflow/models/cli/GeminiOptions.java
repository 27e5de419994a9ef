package io.plateflow.models.cli;

import io.plateflow.models.config.ConfigCheck;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that may ask Gemini; the key comes from the environment. */
final class GeminiOptions {

  /** The plates of one picture are asked for together, within moments. */
  private static final Duration BATCH_DELAY = Duration.ofMillis(30);

  @Option(
      names = "--gemini-model",
      paramLabel = "NAME",
      description =
          "Model that Gemini reads with; default: ${DEFAULT-VALUE}. The key is taken from"
              + " GEMINI_API_KEY or GOOGLE_API_KEY.")
  private String model = GeminiConfig.DEFAULT.endpoint().model();

  @Option(
      names = "--gemini-base-url",
      paramLabel = "URL",
      description = "Address of the Gemini API, for a proxy or a stand-in; default: Google's.")
  private @Nullable String baseUrl;

  @Option(
      names = "--gemini-requests-per-minute",
      paramLabel = "N",
      defaultValue = "30",
      description = "Most requests in any minute of this run; default: ${DEFAULT-VALUE}.")
  private int requestsPerMinute;

  /**
   * @throws IllegalArgumentException where an option cannot be used
   */
  GeminiConfig config(Map<String, String> environment) {
    GeminiConfig defaults = GeminiConfig.DEFAULT;
    GeminiConfig.Batching batching = defaults.batching();
    return ConfigCheck.valid(
        defaults
            .withEndpoint(
                new GeminiConfig.Endpoint(
                    model, baseUrl, GeminiKey.fromEnvironment(environment::get)))
            .withBatching(
                new GeminiConfig.Batching(
                    batching.maxBatch(),
                    BATCH_DELAY,
                    batching.maxWaiting(),
                    batching.maxRequests()))
            .withLimits(defaults.limits().withRequestsPerMinute(requestsPerMinute)));
  }
}
