package io.plateflow.clients.config;

import java.util.Set;

/**
 * The keys at the root of the one file that all programs share. A program binds those that it reads
 * and leaves the others to the programs that they belong to.
 */
public final class ConfigSections {

  public static final Set<String> ALL =
      Set.of(
          "access",
          "alerts",
          "cameras",
          "cameras-file",
          "detection",
          "evidence",
          "gemini",
          "http",
          "job",
          "kafka",
          "motion",
          "parking",
          "postgres",
          "privacy",
          "reading",
          "reads",
          "retention",
          "source",
          "tracking");

  private ConfigSections() {}
}
