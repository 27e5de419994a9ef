package io.plateflow.api.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a form as they arrive, within limits. */
final class MultipartParts extends MultiPart.AbstractPartsListener {

  /** Parts of a form. */
  static final int MOST = 200;

  private final FormLimits limits;
  private final MemoryBudget.Lease memory;
  private final Map<String, List<String>> texts = new LinkedHashMap<>();
  private final List<UploadedFile> files = new ArrayList<>();
  private ByteArrayOutputStream part = new ByteArrayOutputStream();
  private long textBytes;
  private long total;

  // The parser swallows what its listener throws.
  private @Nullable Refusal refusal;

  MultipartParts(FormLimits limits, MemoryBudget.Lease memory) {
    this.limits = limits;
    this.memory = memory;
  }

  @Override
  public void onPartContent(Content.Chunk chunk) {
    ByteBuffer bytes = chunk.getByteBuffer();
    if (refusal != null) {
      return;
    }
    try {
      measure(bytes.remaining());
    } catch (Refusal e) {
      refusal = e;
      return;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    part.write(copy, 0, copy.length);
  }

  private void measure(int more) {
    total += more;
    memory.growTo(2 * total);
    String name = String.valueOf(getName());
    long size = (long) part.size() + more;
    if (limits.base64().contains(name)) {
      if (size > (getFileName() == null ? BodyLimits.BASE64 : BodyLimits.FILE)) {
        throw FormReader.tooLarge(name, BodyLimits.FILE);
      }
    } else if (getFileName() != null) {
      if (size > BodyLimits.FILE) {
        throw FormReader.tooLarge(name, BodyLimits.FILE);
      }
    } else {
      textBytes += more;
      if (textBytes > BodyLimits.TEXTS) {
        throw FormReader.tooLarge("The text fields", BodyLimits.TEXTS);
      }
    }
  }

  @Override
  public void onPart(String name, String fileName, HttpFields headers) {
    byte[] bytes = part.toByteArray();
    part = new ByteArrayOutputStream();
    if (name == null || refusal != null) {
      return;
    }
    if (fileName == null && !isBinary(name, bytes)) {
      texts
          .computeIfAbsent(name, n -> new ArrayList<>())
          .add(new String(bytes, StandardCharsets.UTF_8));
      return;
    }
    if (files.size() >= limits.files()) {
      refusal = Refusal.field(name, "At most %d files.".formatted(limits.files()));
      return;
    }
    if (bytes.length > BodyLimits.FILE) {
      refusal = FormReader.tooLarge(name, BodyLimits.FILE);
      return;
    }
    files.add(new UploadedFile(name, bare(fileName == null ? "" : fileName), bytes));
  }

  /** Some clients send a picture as a part without a file name. */
  private boolean isBinary(String name, byte[] bytes) {
    if (!limits.base64().contains(name)) {
      return false;
    }
    for (int i = 0; i < Math.min(bytes.length, 16); i++) {
      if (bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
        return true;
      }
    }
    return false;
  }

  private static String bare(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String printable = last.replaceAll("\\p{Cntrl}", "");
    return printable.length() <= 255 ? printable : printable.substring(0, 255);
  }

  @Override
  public void onFailure(Throwable failure) {
    if (refusal == null) {
      refusal =
          failure instanceof Refusal known
              ? known
              : Refusal.because(
                  Refusal.Kind.BAD_REQUEST, "The form is no valid multipart.", failure);
    }
  }

  void rethrow() {
    if (refusal != null) {
      throw refusal;
    }
  }

  Form form() {
    rethrow();
    return new Form(texts, files);
  }
}
