package io.plateflow.api.galaxy.service;

import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.UploadedFile;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A picture as a client sends it.
 *
 * @param name as the client has it
 */
record SentPicture(String field, String name, byte[] bytes) {

  /** What names end in. */
  static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");

  private static final String UNSUPPORTED =
      "Unsupported file format. Allowed formats: ['.jpg', '.jpeg', '.png']";

  /**
   * @throws Refusal where its name says that it is something else
   */
  static SentPicture of(UploadedFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (ENDINGS.stream().noneMatch(name::endsWith)) {
      throw Refusal.field(file.field(), UNSUPPORTED);
    }
    return new SentPicture(file.field(), file.name(), file.bytes());
  }

  /**
   * What is made of the picture.
   *
   * @throws Refusal where it is none, in the words of this surface
   */
  <T> T recognized(Supplier<T> recognition) {
    try {
      return recognition.get();
    } catch (Refusal e) {
      throw e.kind() == Refusal.Kind.BAD_REQUEST && field.equals(e.field())
          ? Refusal.field(field, UNSUPPORTED)
          : e;
    }
  }
}
