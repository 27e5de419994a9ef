package io.plateflow.clients.config;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills {@code ${NAME}} from the environment, so that no secret stands in a file. */
public final class EnvironmentPlaceholders {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private EnvironmentPlaceholders() {}

  /**
   * @param environment null for a variable that is not set
   * @throws IllegalArgumentException naming the variable that is not set; never the text
   */
  public static String resolve(String text, Function<String, @Nullable String> environment) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String value = environment.apply(matcher.group(1));
      if (value == null) {
        throw new IllegalArgumentException(
            "environment variable %s is not set".formatted(matcher.group(1)));
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(out).toString();
  }
}
