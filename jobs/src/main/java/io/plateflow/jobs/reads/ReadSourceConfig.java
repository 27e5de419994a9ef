package io.plateflow.jobs.reads;

import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.plateflow.schemas.pass.PassOrigin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a source of reads stands for.
 *
 * @param location null takes the name
 */
@Consistent
public record ReadSourceConfig(
    @NotNull
        @Pattern(
            regexp = "[A-Za-z0-9._-]{1,100}",
            message = "expected 1 to 100 letters, digits, '.', '_' or '-'")
        @Nullable String name,
    @Nullable String location,
    GateType gate,
    boolean permitOnly,
    @Pattern(regexp = "(?s).*\\S.*", message = "expected a name") String site,
    ZoneId timezone)
    implements CrossChecked, Serializable {

  /** What holds for a source that is named nowhere, under its own name. */
  public static final ReadSourceConfig DEFAULT =
      new ReadSourceConfig(
          null, null, GateType.PASSAGE, false, CameraDefinition.DEFAULT_SITE, ZoneOffset.UTC);

  @Override
  public void crossCheck(Problems problems) {
    if (permitOnly && gate == GateType.PASSAGE) {
      problems.add("permitOnly", "found true at a passage, expected a gate of entry or exit");
    }
  }

  /**
   * @param source the name that a read came under
   */
  Place place(String source) {
    return new Place(
        PassOrigin.cameraId(source),
        location == null ? source : location,
        gate,
        timezone.getId(),
        site,
        permitOnly);
  }
}
