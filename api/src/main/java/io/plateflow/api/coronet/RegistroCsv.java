package io.plateflow.api.coronet;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Records as CSV, in the form of Python's writer: quotes only where they are needed. */
final class RegistroCsv {

  private static final String HEADER =
      "id,fecha_hora,matricula,propietario,tipo_vehiculo,observacion,imagen\r\n";
  private static final int STEP = 1 << 20;

  private final DateTimeFormatter time;
  private final LongConsumer room;
  private final StringBuilder lines = new StringBuilder(HEADER);
  private long allowed;

  /**
   * @param room is asked for memory before it is taken
   */
  RegistroCsv(ZoneId zone, LongConsumer room) {
    this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    this.room = room;
  }

  void add(Registro registro) {
    String line = line(registro);
    while (lines.length() + line.length() > allowed) {
      // Two bytes a character while it grows, and the bytes of the answer.
      room.accept(4L * STEP);
      allowed += STEP;
    }
    lines.append(line);
  }

  byte[] bytes() {
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String line(Registro registro) {
    return List.of(
                Long.toString(registro.id()),
                time.format(registro.at()),
                registro.matricula(),
                registro.propietario(),
                registro.tipoVehiculo(),
                registro.observacion(),
                registro.imagen())
            .stream()
            .map(RegistroCsv::field)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String field(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
