package io.plateflow.api.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.api.access.Client;
import io.plateflow.api.access.Right;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.recognition.UploadTables.Removed;
import io.plateflow.api.recognition.UploadTables.Reservation;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresPool;
import io.plateflow.clients.testing.EmbeddedServices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class UploadTablesITCase {

  private static final Upload UPLOAD =
      new Upload(
          "snapshot", Client.OPEN, "upload", "gate 7", "car.jpg", Instant.EPOCH, new byte[] {1});

  private PostgresPool postgres;
  private UploadTables tables;

  @BeforeEach
  void open(PostgresConfig config) {
    postgres = new PostgresPool(config, "test", 2, Duration.ofSeconds(5));
    tables = new UploadTables(postgres);
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  private long begin(int sessions, String path) {
    Reservation reserved = tables.reserve(sessions);
    tables.begin(reserved, UPLOAD, new byte[] {2}, 640, 480, path, 12.5);
    return reserved.id();
  }

  private void age(long id, String interval) {
    postgres.call(
        h -> h.execute("UPDATE uploads SET at = now() - ?::interval WHERE id = ?", interval, id));
  }

  @Test
  void theLastCreditIsSpentOnceHoweverManyAskAtOnce() {
    Client one = new Client("token:9", "abcd", Set.of(Right.RECOGNIZE), 1, null);
    Upload upload =
        new Upload("snapshot", one, "upload", null, "car.jpg", Instant.EPOCH, new byte[] {1});
    tables.begin(tables.reserve(1), upload, new byte[] {2}, 640, 480, null, 1);
    Reservation second = tables.reserve(1);

    assertThatThrownBy(() -> tables.begin(second, upload, new byte[] {2}, 640, 480, null, 1))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NO_CREDITS));
    assertThatThrownBy(() -> tables.count(one, 1)).isInstanceOf(Refusal.class);
    assertThat(tables.usage(one)).isEqualTo(new Usage(1, 1));
  }

  @Test
  void idsAreReservedOnce() {
    Reservation first = tables.reserve(2);
    Reservation second = tables.reserve(1);

    assertThat(second.id()).isGreaterThan(first.id());
    assertThat(first.sessionIds()).hasSize(2).doesNotContainAnyElementsOf(second.sessionIds());
    assertThat(tables.reserve(0).sessionIds()).isEmpty();
  }

  @Test
  void whatIsTakenBackIsNotCounted() {
    begin(1, "a/original.jpg");
    long second = begin(1, "b/original.jpg");
    assertThat(tables.usage(Client.OPEN)).isEqualTo(new Usage(2, 2));

    tables.takeBack(second, UPLOAD);
    tables.takeBack(second, UPLOAD);

    assertThat(tables.usage(Client.OPEN)).isEqualTo(new Usage(1, 1));
  }

  @Test
  void whatWasInterruptedIsRemovedWhenTheJobCannotSeeItAnyMore() {
    long interrupted = begin(3, "a/original.jpg");
    long accepted = begin(1, "b/original.jpg");
    tables.accepted(accepted);
    age(accepted, "3 days");
    age(interrupted, "1 day");
    assertThat(tables.removeOld(Duration.ZERO)).isEmpty();

    age(interrupted, "3 days");

    assertThat(tables.removeOld(Duration.ZERO)).containsExactly(new Removed("a/original.jpg", 3));
  }

  @Test
  void whatIsOldStaysAsLongAsItsPasses() {
    long old = begin(1, null);
    tables.accepted(old);
    age(old, "31 days");
    postgres.call(
        h ->
            h.execute(
                """
                WITH place AS (
                  INSERT INTO locations (name, type) VALUES ('gate 7', 'Passage') RETURNING id)
                INSERT INTO detection_sessions (pass_key, camera_id, location_id, gate, timestamp,
                  first_seen, last_seen, frames, image_resolution, processing_time, detection_type,
                  upload_id)
                SELECT '@gate-7:1-1', '@gate-7', id, 'passage', now(), now(), now(), 1, '640x480',
                  0, 'plate_without_vehicle', ?
                FROM place
                """,
                Long.toString(old)));

    assertThat(tables.removeOld(Duration.ofDays(30))).isEmpty();

    postgres.call(h -> h.execute("DELETE FROM detection_sessions"));
    assertThat(tables.removeOld(Duration.ofDays(30))).isEqualTo(List.of(new Removed(null, 1)));
  }
}
