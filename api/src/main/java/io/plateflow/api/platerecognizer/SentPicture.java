package io.plateflow.api.platerecognizer;

import io.plateflow.api.http.BodyLimits;
import io.plateflow.api.http.Form;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.UploadedFile;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a request: a file, a text in base64, or what stands at an address.
 *
 * @param field that it came by
 * @param filename as the client has it; {@code upload.jpg} where it has none
 */
record SentPicture(String field, byte[] bytes, String filename) {

  static final String UPLOAD = "upload";
  static final String UPLOAD_URL = "upload_url";
  private static final String NO_NAME = "upload.jpg";

  /**
   * @param fetched what stands at an address
   * @throws Refusal that names the field at fault
   */
  static SentPicture of(Form form, Function<String, byte[]> fetched) {
    UploadedFile file = form.file(UPLOAD);
    String text = form.text(UPLOAD);
    String address = form.text(UPLOAD_URL);
    SentPicture picture;
    if (file != null) {
      picture = new SentPicture(UPLOAD, file.bytes(), named(file.name()));
    } else if (text != null && !text.isEmpty()) {
      picture = new SentPicture(UPLOAD, base64(text), NO_NAME);
    } else if (address != null && !address.isBlank()) {
      picture = new SentPicture(UPLOAD_URL, fetched.apply(address), named(lastSegment(address)));
    } else {
      throw Refusal.field(
          UPLOAD, text == null ? "No file was submitted." : "The submitted file is empty.");
    }
    if (picture.bytes().length == 0) {
      throw Refusal.field(picture.field(), "The submitted file is empty.");
    }
    return picture;
  }

  private static String named(@Nullable String name) {
    return name == null || name.isEmpty() ? NO_NAME : name;
  }

  private static String lastSegment(String address) {
    String path = address.strip().replaceFirst("[?#].*", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static byte[] base64(String text) {
    int comma = text.startsWith("data:") ? text.indexOf(',') : -1;
    // A plus that was not encoded comes out of a form as a blank.
    String bare = text.substring(comma + 1).strip().replaceAll("[\\r\\n\\t]", "").replace(' ', '+');
    byte[] picture;
    try {
      picture = Base64.getDecoder().decode(bare);
    } catch (IllegalArgumentException e) {
      throw Refusal.field(UPLOAD, "Expected a file, or a picture in base64.");
    }
    if (picture.length > BodyLimits.FILE) {
      throw Refusal.of(
          Refusal.Kind.TOO_LARGE,
          "%s is too large: at most %d bytes.".formatted(UPLOAD, BodyLimits.FILE));
    }
    return picture;
  }
}
