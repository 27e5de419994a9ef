package io.plateflow.api.coronet;

import io.plateflow.clients.postgres.PostgresPool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The table {@code registros}. */
final class RegistroTable {

  private static final int BATCH = 500;

  /** Pictures of one second that get a name each. */
  private static final int MOST_OF_A_SECOND = 10_000;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT);

  private static final String COLUMNS =
      """
      SELECT r.id, r.at, r.matricula, r.propietario, r.tipo_vehiculo, r.observacion, r.imagen,
        u.stored_path IS NOT NULL AS pictured
      FROM registros r LEFT JOIN uploads u ON u.id = r.upload_id
      """;

  private final PostgresPool postgres;
  private final ZoneId zone;

  /**
   * @param zone of the times in names of pictures
   */
  RegistroTable(PostgresPool postgres, ZoneId zone) {
    this.postgres = postgres;
    this.zone = zone;
  }

  /** Adds a record; its picture is that of the upload. */
  void add(
      Instant at,
      String matricula,
      String propietario,
      String tipoVehiculo,
      String observacion,
      long upload) {
    String name = "matricula_" + STAMP.withZone(zone).format(at);
    postgres.call(
        handle -> {
          for (int n = 0; n < MOST_OF_A_SECOND; n++) {
            String imagen = name + (n == 0 ? "" : "_" + n) + ".jpg";
            int added =
                handle
                    .createUpdate(
                        """
                        INSERT INTO registros
                          (at, matricula, propietario, tipo_vehiculo, observacion, imagen, upload_id)
                        VALUES (:at, :matricula, :propietario, :tipo, :observacion, :imagen, :upload)
                        ON CONFLICT (imagen) DO NOTHING
                        """)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .bind("matricula", matricula)
                    .bind("propietario", propietario)
                    .bind("tipo", tipoVehiculo)
                    .bind("observacion", observacion)
                    .bind("imagen", imagen)
                    .bind("upload", upload)
                    .execute();
            if (added == 1) {
              return added;
            }
          }
          throw new IllegalStateException("Too many records in one second: " + name);
        });
  }

  /** Newest first. */
  List<Registro> page(int size, long offset) {
    return postgres.call(
        handle ->
            handle
                .createQuery(COLUMNS + "ORDER BY r.id DESC LIMIT :size OFFSET :offset")
                .bind("size", size)
                .bind("offset", offset)
                .map((row, context) -> registro(row))
                .list());
  }

  /** All of them, oldest first, without holding them all. */
  void forEach(Consumer<Registro> consumer) {
    postgres.call(
        handle ->
            handle.inTransaction(
                inside -> {
                  each(inside, consumer);
                  return 0;
                }));
  }

  private static void each(Handle handle, Consumer<Registro> consumer) {
    handle
        .createQuery(COLUMNS + "ORDER BY r.id")
        .setFetchSize(BATCH)
        .map((row, context) -> registro(row))
        .useStream(all -> all.forEach(consumer));
  }

  /** Deletes a record, if there is one; its upload and passes stay. */
  void delete(long id) {
    postgres.call(handle -> handle.execute("DELETE FROM registros WHERE id = ?", id));
  }

  /** The upload that a picture belongs to. */
  Optional<Long> uploadOf(String imagen) {
    return postgres.call(
        handle ->
            handle
                .createQuery("SELECT upload_id FROM registros WHERE imagen = :imagen")
                .bind("imagen", imagen)
                .mapTo(Long.class)
                .findOne());
  }

  private static Registro registro(ResultSet row) throws SQLException {
    return new Registro(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("matricula"),
        row.getString("propietario"),
        row.getString("tipo_vehiculo"),
        row.getString("observacion"),
        row.getString("imagen"),
        row.getBoolean("pictured"));
  }
}
