package io.plateflow.clients.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configuration that cannot be used; lists every problem found, not only the first. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public ConfigException(String source, List<String> problems) {
    super("%s: %s".formatted(source, String.join("; ", problems)));
    this.problems = List.copyOf(problems);
  }

  public ConfigException(String source, String problem, @Nullable Throwable cause) {
    super("%s: %s".formatted(source, problem), cause);
    this.problems = List.of(problem);
  }

  /** One line each, beginning with the key's path. */
  public List<String> problems() {
    return problems;
  }
}
