package io.plateflow.jobs.rules;

import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.rules.RuleTrigger;
import java.time.Instant;
import java.util.List;

/**
 * A camera or a disk is in trouble, or no more.
 *
 * @param trigger of the rules that it is for
 * @param cameraId empty where it is about no camera
 * @param detail for people
 * @param at wall clock
 */
public record OutageReport(
    RuleTrigger trigger, String cameraId, boolean trouble, String detail, Instant at) {

  /** What a camera's state says; nothing while it is being tried. */
  public static List<OutageReport> of(CameraStatus status) {
    if (status.state() == CameraStatus.State.CONNECTING) {
      return List.of();
    }
    boolean down = status.state() == CameraStatus.State.DOWN;
    return List.of(
        new OutageReport(
            RuleTrigger.CAMERA_DOWN, status.cameraId(), down, status.reason(), status.at()));
  }

  /** Key of the stream. */
  public String key() {
    return trigger.label() + " " + cameraId;
  }
}
