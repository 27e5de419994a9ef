package io.plateflow.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** A client of the JobManager's REST interface. */
final class FlinkRest {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String base;

  FlinkRest(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /** TaskManagers that have registered. */
  int taskManagers() throws IOException, InterruptedException {
    return get("/taskmanagers").required("taskmanagers").size();
  }

  /** {@code RUNNING} only when all tasks run, else the job's own state or {@code DEPLOYING}. */
  String state(String job) throws IOException, InterruptedException {
    JsonNode found = get("/jobs/" + job);
    String state = found.required("state").asText();
    if (state.equals("RUNNING")) {
      for (JsonNode vertex : found.required("vertices")) {
        String status = vertex.required("status").asText();
        if (!status.equals("RUNNING") && !status.equals("FINISHED")) {
          return "DEPLOYING";
        }
      }
    }
    return state;
  }

  /** When the last completed checkpoint was begun; the epoch where there is none. */
  Instant lastCheckpoint(String job) throws IOException, InterruptedException {
    JsonNode completed = get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
    return Instant.ofEpochMilli(completed.path("trigger_timestamp").asLong(0));
  }

  /** Ports at which the job's tasks have their TaskManagers, as {@code host:port}. */
  Set<String> places(String job) throws IOException, InterruptedException {
    Set<String> places = new TreeSet<>();
    for (JsonNode vertex : get("/jobs/" + job).required("vertices")) {
      JsonNode detail = get("/jobs/" + job + "/vertices/" + vertex.required("id").asText());
      for (JsonNode subtask : detail.required("subtasks")) {
        places.add(subtask.path("taskmanager-id").asText());
      }
    }
    return places;
  }

  /** The failures of a job since its JobManager started, the last first, with their causes. */
  String failures(String job) throws IOException, InterruptedException {
    StringBuilder said = new StringBuilder();
    for (JsonNode entry :
        get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries")) {
      said.append(entry.path("stacktrace").asText()).append('\n');
    }
    return said.toString();
  }

  void cancel(String job) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/jobs/" + job))
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .timeout(ANSWER_WITHIN)
            .build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_WITHIN).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Flink: %s answered %d".formatted(path, answer.statusCode()));
    }
    return json.readTree(answer.body());
  }
}
