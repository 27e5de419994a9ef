package io.plateflow.api.recognition;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.frame.Pixels;
import java.util.List;

/** Makes something of a picture while it is there. */
@FunctionalInterface
public interface PictureLook {

  /**
   * @param pixels upright; may be drawn into, valid until this returns
   * @param kept what counts of what was found
   */
  void at(Pixels pixels, List<PlateOnVehicle> kept);
}
