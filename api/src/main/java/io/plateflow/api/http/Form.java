package io.plateflow.api.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request, whichever way it carries them.
 *
 * @param texts by name; a name may come several times
 */
public record Form(Map<String, List<String>> texts, List<UploadedFile> files) {

  /**
   * @throws Refusal for a text with a NUL character: no store takes it, and people write none
   */
  public Form {
    texts.forEach(
        (name, values) -> {
          if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw Refusal.field(name, "holds a NUL character.");
          }
        });
  }

  /** The first text of that name, or null. */
  public @Nullable String text(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  public List<String> all(String name) {
    return texts.getOrDefault(name, List.of());
  }

  /** The first file of that name, or null. */
  public @Nullable UploadedFile file(String name) {
    return files.stream().filter(f -> f.field().equals(name)).findFirst().orElse(null);
  }
}
