package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PassForm;
import io.plateflow.schemas.pass.VehiclePass;

/** Passes as {@code record_passes} of the migrations takes them. */
final class PassRows implements TableRows<VehiclePass> {

  private static final long serialVersionUID = 1L;

  @Override
  public String writer() {
    return "record_passes";
  }

  @Override
  public String key(VehiclePass pass) {
    return pass.passId();
  }

  @Override
  public String kind() {
    return "pass";
  }

  @Override
  public String source(VehiclePass pass) {
    return pass.cameraId();
  }

  @Override
  public String json(VehiclePass pass) {
    return PassForm.write(pass).toString();
  }
}
