package io.plateflow.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.camera.testing.FilmCopy;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.lists.ListProducer;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.status.PlateListType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The recorded cameras, the access list, and the job's configuration over them. */
final class Recordings {

  /** Where the environment of who reads a configuration holds the password of Postgres. */
  static final String PASSWORD = "PLATEFLOW_POSTGRES_PASSWORD";

  private static final List<String> GATES = List.of("entry", "exit");

  private final ChaosOptions options;
  private final List<Path> films = new ArrayList<>();

  /**
   * Makes the films.
   *
   * @param folder for them
   */
  Recordings(ChaosOptions options, Path folder) throws IOException, InterruptedException {
    this.options = options;
    List<Path> clips = GATES.stream().map(this::clip).toList();
    for (int camera = 0; camera < options.cameras(); camera++) {
      List<Path> sequence = new ArrayList<>();
      // A clip lasts a minute; every other camera begins with the other one.
      for (int minute = 0; minute <= options.film().toMinutes(); minute++) {
        sequence.add(clips.get((camera + minute) % clips.size()));
      }
      films.add(
          FilmCopy.joined(
              sequence, options.film(), folder.resolve("camera-%d.mp4".formatted(camera))));
    }
  }

  Path clip(String gate) {
    return options.demo().resolve("gate-%s.mp4".formatted(gate));
  }

  /**
   * Every other vehicle of the entry must not enter; of the others one may, one until the film is
   * half over, and so on.
   */
  void seedLists(KafkaConfig kafka) throws IOException {
    JsonNode truth =
        new ObjectMapper().readTree(options.demo().resolve("gate-entry.json").toFile());
    Instant halfTime = Instant.parse("2026-08-17T00:00:00Z").plus(options.film().dividedBy(2));
    try (PlateStatusProducer simple = new PlateStatusProducer(kafka);
        ListProducer named = new ListProducer(kafka)) {
      named.put(
          new AccessList(
              "permits",
              "Permits",
              ListMeaning.ALLOW,
              null,
              null,
              null,
              null,
              1,
              Instant.EPOCH,
              "chaos",
              false));
      int vehicle = 0;
      for (JsonNode pass : truth.required("passes")) {
        String plate = PlateText.normalise(pass.required("plate_text").asText());
        if (vehicle % 2 == 0) {
          simple.put(plate, PlateListType.BLACKLIST, 1, "chaos");
        } else {
          named.put(List.of(permit(plate, vehicle % 4 == 1 ? null : halfTime)));
        }
        vehicle++;
      }
    }
  }

  private static ListEntry permit(String plate, Instant until) {
    return new ListEntry(
        "permit-" + plate,
        "permits",
        plate,
        false,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        until,
        1,
        Instant.EPOCH,
        "chaos",
        false);
  }

  /**
   * Writes the configuration of one run.
   *
   * @param folder for what the run keeps
   * @param realtime whether the films play at their own speed
   */
  Path configuration(Path folder, Services services, boolean realtime) throws IOException {
    StringBuilder yaml = new StringBuilder("cameras:\n");
    for (int camera = 0; camera < films.size(); camera++) {
      String gate = GATES.get(camera % GATES.size());
      yaml.append(
          """
            - id: camera-%1$d
              uri: %2$s
              location: Gate %1$d
              gate: %3$s
              timezone: Asia/Jakarta
              regions: [id]
              max-frame-rate: %4$s
              recorded-at: 2026-08-17T07:0%1$d:00+07:00
          """
              .formatted(camera, films.get(camera), gate, options.frameRate()));
    }
    yaml.append("source: {finite: true, realtime: %s}\n".formatted(realtime));
    yaml.append(job(folder, services, 2));
    return Files.writeString(folder.resolve("plateflow.yml"), yaml);
  }

  /** What the jobs of a run have in common. */
  static String job(Path folder, Services services, int parallelism) {
    return """
        evidence: {directory: "%s", frames: false}
        postgres: {url: "%s", user: %s, password: "${%s}"}
        kafka: {bootstrap-servers: "%s"}
        job: {parallelism: %d, checkpoint-interval: 2s, checkpoint-directory: "%s"}
        """
        .formatted(
            folder.resolve("evidence").toUri(),
            services.postgres().jdbcUrl(),
            services.postgres().user(),
            PASSWORD,
            services.kafka().bootstrapServers(),
            parallelism,
            folder.resolve("checkpoints").toUri().toString().replaceFirst("/$", ""));
  }
}
