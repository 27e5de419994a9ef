package io.plateflow.api.coronet;

import java.time.Instant;

/**
 * A vehicle that somebody registered.
 *
 * @param matricula the plate, or {@link Matricula#NONE}
 * @param imagen name of its picture
 * @param pictured whether the picture is still there
 */
record Registro(
    long id,
    Instant at,
    String matricula,
    String propietario,
    String tipoVehiculo,
    String observacion,
    String imagen,
    boolean pictured) {}
