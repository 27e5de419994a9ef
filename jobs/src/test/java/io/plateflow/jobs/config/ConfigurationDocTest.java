package io.plateflow.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.config.ConfigKeys;
import io.plateflow.clients.config.ConfigKeys.Key;
import io.plateflow.clients.config.ConfigSections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the records say, key by key. */
class ConfigurationDocTest {

  private static final Path DOCUMENT = Path.of("../docs/configuration.md");

  private static final Pattern SECTION = Pattern.compile("## ([a-z-]+(?:\\.[a-z-]+)*)\\b.*");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\|(.*?)\\|(.*?)\\|.*\\|$");

  /** What the tables say of a key, without the marks of code. */
  private record Documented(String defaultValue, String range) {}

  @Test
  void everyKeyIsDocumentedAndNoOther() throws IOException {
    assertThat(documented().keySet())
        .containsExactlyInAnyOrderElementsOf(
            keys().stream().map(ConfigurationDocTest::path).toList());
    assertThat(Files.readAllLines(DOCUMENT))
        .as("the key beside the sections")
        .anySatisfy(line -> assertThat(line).startsWith("## cameras").contains("cameras-file"));
  }

  @Test
  void defaultsAndRangesAreThoseOfTheRecords() throws IOException {
    Map<String, Documented> documented = documented();
    for (Key key : keys()) {
      Documented said = documented.get(path(key));
      if (key.defaultValue() == null) {
        assertThat(said.defaultValue())
            .as("%s has no default, so a word says what holds", path(key))
            .isNotEmpty()
            .matches(".*[A-Za-z].*");
      } else {
        assertThat(said.defaultValue())
            .as("default of %s", path(key))
            .isEqualTo(key.defaultValue());
      }
      assertThat(said.range())
          .as("range of %s", path(key))
          .isEqualTo(key.range() == null ? "" : key.range());
    }
  }

  @Test
  void everySectionIsKnownToAllPrograms() {
    TreeSet<String> bound =
        ConfigKeys.of(JobFile.DEFAULT).stream()
            .map(k -> k.section().isEmpty() ? k.key() : k.section().replaceFirst("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(bound).containsExactlyElementsOf(new TreeSet<>(ConfigSections.ALL));
  }

  private static List<Key> keys() {
    return ConfigKeys.of(JobFile.DEFAULT).stream().filter(k -> !k.section().isEmpty()).toList();
  }

  private static String path(Key key) {
    return key.section() + "." + key.key();
  }

  private static Map<String, Documented> documented() throws IOException {
    Map<String, Documented> keys = new LinkedHashMap<>();
    String section = "";
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher heading = SECTION.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        section = heading.group(1);
      } else if (row.matches()) {
        Documented before =
            keys.put(
                section + "." + row.group(1),
                new Documented(plain(row.group(2)), plain(row.group(3))));
        assertThat(before).as("%s.%s stands twice", section, row.group(1)).isNull();
      }
    }
    return keys;
  }

  private static String plain(String cell) {
    return cell.replace("`", "").trim();
  }
}
