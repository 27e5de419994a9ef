package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents of the repository name is there. */
class DocumentsITCase {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern SCRIPT = Pattern.compile("(?<![\\w./])(scripts/[\\w-]+)");
  private static final Pattern PROGRAM = Pattern.compile("(?<![\\w./])\\./([\\w/-]+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern PYTHON = Pattern.compile("python3? -m (plateflow_training[\\w.]*)");
  private static final Pattern PROFILE = Pattern.compile("mvn[^\\n`]* -P(\\w[\\w-]*)");
  private static final Pattern MAIN =
      Pattern.compile("\\b(io\\.plateflow(?:\\.[a-z]+)+\\.[A-Z]\\w+)");

  @Test
  void scriptsAreThere() throws IOException {
    assertThat(missing(SCRIPT, (document, name) -> Files.isExecutable(ROOT.resolve(name))))
        .isEmpty();
  }

  @Test
  void programsAreThere() throws IOException {
    assertThat(missing(PROGRAM, (document, name) -> Files.exists(ROOT.resolve(name)))).isEmpty();
  }

  @Test
  void linksLeadToFiles() throws IOException {
    assertThat(
            missing(
                LINK,
                (document, link) ->
                    link.matches("\\w+:.*") || Files.exists(document.resolveSibling(link))))
        .isEmpty();
  }

  @Test
  void pythonModulesAreThere() throws IOException {
    assertThat(
            missing(
                PYTHON,
                (document, module) -> {
                  Path source = ROOT.resolve("models/training/" + module.replace('.', '/'));
                  return Files.isDirectory(source) || Files.exists(Path.of(source + ".py"));
                }))
        .isEmpty();
  }

  @Test
  void mavenProfilesAreThere() throws IOException {
    String poms = "";
    for (Path pom : files("pom.xml")) {
      poms += Files.readString(pom);
    }
    String all = poms;
    assertThat(missing(PROFILE, (document, id) -> all.contains("<id>" + id + "</id>"))).isEmpty();
  }

  @Test
  void classesAreThere() throws IOException {
    List<Path> sources = files(".java");
    assertThat(
            missing(
                MAIN,
                (document, name) -> {
                  String file = name.replace('.', '/') + ".java";
                  return sources.stream().anyMatch(source -> source.endsWith(file));
                }))
        .isEmpty();
  }

  /** Made by the build; copy {@code standalone/target/licences/third-party.txt} after a change. */
  @Test
  void licencesOfOthersAreListed() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("docs/third-party.txt")))
        .isEqualTo(Files.readAllLines(Path.of("target/licences/third-party.txt")));
  }

  private interface Check {
    boolean isThere(Path document, String name) throws IOException;
  }

  /** {@code document: name} of everything that a pattern finds and a check does not. */
  private static List<String> missing(Pattern pattern, Check check) throws IOException {
    List<String> missing = new ArrayList<>();
    int found = 0;
    List<Path> documents = files(".md");
    assertThat(documents).hasSizeGreaterThan(10);
    for (Path document : documents) {
      Matcher matcher = pattern.matcher(Files.readString(document));
      while (matcher.find()) {
        found++;
        if (!check.isThere(document, matcher.group(1))) {
          missing.add(ROOT.relativize(document) + ": " + matcher.group(1));
        }
      }
    }
    assertThat(found).as("places that match %s", pattern).isPositive();
    return missing;
  }

  /** The repository's own files of an ending, without what builds and tools leave. */
  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(
              file ->
                  file.toString().endsWith(ending)
                      && Stream.of(
                              "/target/", "/.plateflow/", "/node_modules/", "/.git/", "/.venv/")
                          .noneMatch(file.toString()::contains))
          .toList();
    }
  }
}
