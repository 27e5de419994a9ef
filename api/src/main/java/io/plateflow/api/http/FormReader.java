package io.plateflow.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/**
 * Reads forms: multipart, urlencoded, or a JSON object. Everything is measured while it arrives, so
 * that nothing is kept that is too large.
 */
public final class FormReader {

  /** Each takes many times its bytes; no client sends more than a few. */
  private static final int MOST_FIELDS = 1_000;

  private static final int CHUNK = 64 << 10;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private FormReader() {}

  /**
   * @throws Refusal for what is too large, too slow, or no form
   */
  public static Form read(Exchange exchange, FormLimits limits) {
    return switch (exchange.mediaType()) {
      case MediaTypes.MULTIPART -> multipart(exchange, limits);
      case MediaTypes.FORM ->
          checked(urlencoded(text(whole(exchange, limits.body())), "The form"), limits);
      case MediaTypes.JSON -> checked(json(whole(exchange, limits.body())), limits);
      default ->
          throw Refusal.of(
              Refusal.Kind.BAD_REQUEST,
              "Content-Type: found '%s', expected %s, %s or %s."
                  .formatted(
                      exchange.mediaType(),
                      MediaTypes.MULTIPART,
                      MediaTypes.FORM,
                      MediaTypes.JSON));
    };
  }

  /**
   * The body as it came, whatever it is said to be.
   *
   * @param most bytes
   * @throws Refusal for what is too large or too slow
   */
  public static byte[] whole(Exchange exchange, long most) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    drain(
        exchange,
        most,
        (buffer, length, last) -> {
          // Once as it came, once as text, once decoded.
          exchange.memory().growTo(3L * (all.size() + length));
          all.write(buffer, 0, length);
        });
    return all.toByteArray();
  }

  private interface Sink {
    void take(byte[] buffer, int length, boolean last);
  }

  private static void drain(Exchange exchange, long most, Sink sink) {
    if (exchange.contentLength() > most) {
      throw tooLarge("The request", most);
    }
    long deadline = System.nanoTime() + LONGEST.toNanos();
    long total = 0;
    byte[] buffer = new byte[CHUNK];
    try (InputStream body = exchange.body()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        total += read;
        if (total > most) {
          throw tooLarge("The request", most);
        }
        if (System.nanoTime() > deadline) {
          throw Refusal.of(
              Refusal.Kind.TIMEOUT,
              "The request took longer than %d s to arrive.".formatted(LONGEST.toSeconds()));
        }
        sink.take(buffer, read, false);
      }
    } catch (IOException e) {
      throw Refusal.because(Refusal.Kind.TIMEOUT, "The request did not arrive whole.", e);
    }
    sink.take(buffer, 0, true);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * @param what is read, for the message
   */
  static Form urlencoded(String text, String what) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    int pairs = 0;
    for (int from = 0, end; from < text.length(); from = end + 1) {
      end = text.indexOf('&', from);
      end = end < 0 ? text.length() : end;
      String pair = text.substring(from, end);
      if (!pair.isEmpty()) {
        if (++pairs > MOST_FIELDS) {
          throw Refusal.of(
              Refusal.Kind.BAD_REQUEST,
              "%s has too many fields: at most %d.".formatted(what, MOST_FIELDS));
        }
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        try {
          add(
              texts,
              URLDecoder.decode(name, StandardCharsets.UTF_8),
              URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw Refusal.of(Refusal.Kind.BAD_REQUEST, "%s is not urlencoded.".formatted(what));
        }
      }
    }
    return new Form(texts, List.of());
  }

  private static Form json(byte[] body) {
    ObjectNode object = StrictJson.object(body, "The request");
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (value.isArray()) {
        value.forEach(each -> add(texts, entry.getKey(), text(each)));
      } else if (!value.isNull()) {
        add(texts, entry.getKey(), text(value));
      }
    }
    return new Form(texts, List.of());
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static void add(Map<String, List<String>> texts, String name, String value) {
    texts.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  private static Form checked(Form form, FormLimits limits) {
    long texts = 0;
    for (Map.Entry<String, List<String>> entry : form.texts().entrySet()) {
      for (String value : entry.getValue()) {
        if (limits.base64().contains(entry.getKey())) {
          if (value.length() > BodyLimits.BASE64) {
            throw tooLarge(entry.getKey(), BodyLimits.BASE64);
          }
        } else {
          texts += entry.getKey().length() + value.length();
        }
      }
    }
    if (texts > BodyLimits.TEXTS) {
      throw tooLarge("The text fields", BodyLimits.TEXTS);
    }
    return form;
  }

  private static Form multipart(Exchange exchange, FormLimits limits) {
    String boundary = MultiPart.extractBoundary(exchange.contentType());
    if (boundary == null || boundary.isEmpty()) {
      throw Refusal.of(Refusal.Kind.BAD_REQUEST, "Content-Type: the boundary is missing.");
    }
    MultipartParts parts = new MultipartParts(limits, exchange.memory());
    MultiPart.Parser parser = new MultiPart.Parser(boundary, parts);
    parser.setMaxParts(MultipartParts.MOST);
    try {
      drain(
          exchange,
          limits.body(),
          (buffer, length, last) -> {
            ByteBuffer copy = ByteBuffer.wrap(buffer.clone(), 0, length);
            Content.Chunk chunk = Content.Chunk.from(copy, last);
            try {
              parser.parse(chunk);
            } finally {
              chunk.release();
            }
            parts.rethrow();
          });
    } catch (BadMessageException | IllegalStateException | IllegalArgumentException e) {
      throw Refusal.because(Refusal.Kind.BAD_REQUEST, "The form is no valid multipart.", e);
    }
    return parts.form();
  }

  static Refusal tooLarge(String what, long most) {
    return Refusal.of(
        Refusal.Kind.TOO_LARGE, "%s is too large: at most %d bytes.".formatted(what, most));
  }
}
