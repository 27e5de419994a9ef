package io.plateflow.api;

import io.plateflow.api.http.Operation;
import io.plateflow.clients.http.HttpConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A service over given Postgres and Kafka, with what it said at its start. */
public final class ApiFixture implements AutoCloseable {

  private static final String BOUNDARY = "----boundary";

  private final HttpClient client = HttpClient.newHttpClient();
  private final PostgresConfig postgres;
  private final List<String> said = new ArrayList<>();
  private final ApiService service;

  public ApiFixture(PostgresConfig postgres, KafkaConfig kafka, Path pictures) {
    this(postgres, kafka, pictures, http -> http);
  }

  public ApiFixture(
      PostgresConfig postgres,
      KafkaConfig kafka,
      Path pictures,
      UnaryOperator<HttpConfig> settings) {
    this.postgres = postgres;
    service =
        ApiService.start(
            ApiConfig.DEFAULT.with(
                config ->
                    config
                        .http(settings.apply(HttpConfig.DEFAULT.withPort(0)))
                        .evidence(ApiConfig.DEFAULT.evidence().withDirectory(pictures.toString()))
                        .postgres(postgres)
                        .kafka(kafka)),
            said::add);
  }

  /** What it printed. */
  public List<String> said() {
    return said;
  }

  /** The token of the first start. */
  public String token() {
    return said.stream()
        .map(String::strip)
        .filter(line -> line.startsWith("token "))
        .findFirst()
        .orElseThrow()
        .substring("token ".length());
  }

  /** The password of the first start. */
  public String password() {
    return said.stream()
        .filter(line -> line.contains("password "))
        .findFirst()
        .orElseThrow()
        .replaceFirst(".*password ", "");
  }

  /** Everything that it answers: {@code GET /}. */
  public List<String> operations() {
    return service.operations().stream().map(Operation::name).toList();
  }

  public URI uri(String path) {
    return URI.create(service.address() + path);
  }

  /** A request with the token. */
  public HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Token " + token());
  }

  public HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
  }

  public HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A form with a file, and texts: name, value, name, value. */
  public static HttpRequest.Builder multipart(
      HttpRequest.Builder request, byte[] file, String... texts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < texts.length; i += 2) {
      part(body, "name=\"%s\"".formatted(texts[i]), texts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    if (file != null) {
      part(body, "name=\"upload\"; filename=\"car.jpg\"", file);
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return request
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(body.toByteArray()));
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n"
            .formatted(BOUNDARY, disposition)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** The first column of the first row, as text. */
  public String query(String sql) {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
