package io.plateflow.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.OptionalLong;

/** Reads the size of a job's checkpoints from Flink's REST interface. */
final class CheckpointSizes {

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI checkpoints;

  CheckpointSizes(int restPort, String jobId) {
    checkpoints = URI.create("http://127.0.0.1:%d/jobs/%s/checkpoints".formatted(restPort, jobId));
  }

  /** Bytes of the last completed checkpoint; empty before the first. */
  OptionalLong latest() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(checkpoints).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "Flink's REST interface: found status %d at %s, expected 200"
              .formatted(answer.statusCode(), checkpoints));
    }
    JsonNode size =
        json.readTree(answer.body()).path("latest").path("completed").path("state_size");
    return size.isNumber() ? OptionalLong.of(size.asLong()) : OptionalLong.empty();
  }
}
