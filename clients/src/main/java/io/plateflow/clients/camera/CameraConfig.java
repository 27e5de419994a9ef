package io.plateflow.clients.camera;

import io.plateflow.clients.config.Unfilled;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.plateflow.schemas.config.DurationRange;
import io.plateflow.schemas.config.Secret;
import io.plateflow.schemas.geometry.Area;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A camera as a file describes it; see {@link CameraDefinition} for what its keys mean.
 *
 * @param location null takes the id
 */
@Consistent
public record CameraConfig(
    @NotNull
        @Pattern(
            regexp = "[A-Za-z0-9._-]{1,100}",
            message = "expected 1 to 100 letters, digits, '.', '_' or '-'")
        @Nullable String id,
    @NotBlank @Unfilled @Secret @Nullable String uri,
    @Nullable String location,
    GateType gate,
    boolean permitOnly,
    @Pattern(regexp = "(?s).*\\S.*", message = "expected a name") String site,
    List<Area> areas,
    List<Area> ignoreAreas,
    Rotation rotate,
    @DecimalMin("0") @DecimalMax("1000") double maxFrameRate,
    ZoneId timezone,
    List<String> regions,
    @Nullable Instant recordedAt,
    @DurationRange(max = "36500d") @Nullable Duration retention,
    boolean enabled)
    implements CrossChecked {

  public static final CameraConfig DEFAULT =
      new CameraConfig(
          null,
          null,
          null,
          GateType.PASSAGE,
          false,
          CameraDefinition.DEFAULT_SITE,
          List.of(),
          List.of(),
          Rotation.NONE,
          0,
          ZoneOffset.UTC,
          List.of(),
          null,
          null,
          true);

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  @Override
  public void crossCheck(Problems problems) {
    if (permitOnly && gate == GateType.PASSAGE) {
      problems.add("permitOnly", "found true at a passage, expected a gate of entry or exit");
    }
    for (String region : regions) {
      if (!COUNTRIES.contains(region.toUpperCase(Locale.ROOT))) {
        problems.add("regions", "found '%s', expected ISO 3166 country codes".formatted(region));
      }
    }
  }

  /**
   * @param folder where relative paths start
   * @return null where id or uri is missing
   * @throws CameraSourceException where the address is of no kind that can be opened
   */
  @Nullable CameraDefinition definition(Path folder) {
    if (id == null || uri == null) {
      return null;
    }
    CameraDefinition asWritten = definition(id, uri.trim());
    return CameraInput.of(asWritten) == CameraInput.RECORDED && !uri.startsWith("file://")
        ? definition(id, folder.resolve(CameraInput.path(asWritten)).toString())
        : asWritten;
  }

  private CameraDefinition definition(String name, String address) {
    return new CameraDefinition(
        name,
        address,
        location == null ? name : location,
        gate,
        areas,
        maxFrameRate,
        timezone,
        enabled,
        recordedAt,
        regions.stream().map(r -> r.toLowerCase(Locale.ROOT)).toList(),
        site,
        retention,
        ignoreAreas,
        rotate,
        permitOnly);
  }
}
