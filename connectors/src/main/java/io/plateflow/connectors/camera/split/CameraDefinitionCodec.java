package io.plateflow.connectors.camera.split;

import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.geometry.Area;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Encodes camera definitions within splits and enumerator state. The version that both write in
 * front also versions the definitions: 1 added the site, 2 the retention, 3 the ignored areas, the
 * rotation and whether a gate is for listed vehicles only.
 */
public final class CameraDefinitionCodec {

  private CameraDefinitionCodec() {}

  public static void write(CameraDefinition camera, DataOutputView out) throws IOException {
    out.writeUTF(camera.id());
    out.writeUTF(camera.uri());
    out.writeUTF(camera.location());
    out.writeUTF(camera.gate().name());
    writeAreas(camera.areas(), out);
    out.writeDouble(camera.maxFrameRate());
    out.writeUTF(camera.timezone().getId());
    out.writeBoolean(camera.enabled());
    writeInstant(camera.recordedAt(), out);
    out.writeInt(camera.regions().size());
    for (String region : camera.regions()) {
      out.writeUTF(region);
    }
    out.writeUTF(camera.site());
    out.writeBoolean(camera.retention() != null);
    if (camera.retention() != null) {
      out.writeLong(camera.retention().toMillis());
    }
    writeAreas(camera.ignoreAreas(), out);
    out.writeUTF(camera.rotate().name());
    out.writeBoolean(camera.permitOnly());
  }

  /**
   * @param version that the definition was written in
   */
  public static CameraDefinition read(int version, DataInputView in) throws IOException {
    String id = in.readUTF();
    String uri = in.readUTF();
    String location = in.readUTF();
    GateType gate = GateType.valueOf(in.readUTF());
    List<Area> areas = readAreas(in);
    double maxFrameRate = in.readDouble();
    ZoneId timezone = ZoneId.of(in.readUTF());
    boolean enabled = in.readBoolean();
    Instant recordedAt = readInstant(in);
    List<String> regions = new ArrayList<>();
    for (int r = in.readInt(); r > 0; r--) {
      regions.add(in.readUTF());
    }
    String site = version == 0 ? CameraDefinition.DEFAULT_SITE : in.readUTF();
    Duration retention = version >= 2 && in.readBoolean() ? Duration.ofMillis(in.readLong()) : null;
    return new CameraDefinition(
        id,
        uri,
        location,
        gate,
        areas,
        maxFrameRate,
        timezone,
        enabled,
        recordedAt,
        regions,
        site,
        retention,
        version >= 3 ? readAreas(in) : List.of(),
        version >= 3 ? Rotation.valueOf(in.readUTF()) : Rotation.NONE,
        version >= 3 && in.readBoolean());
  }

  private static void writeAreas(List<Area> areas, DataOutputView out) throws IOException {
    out.writeInt(areas.size());
    for (Area area : areas) {
      out.writeInt(area.points().size());
      for (Area.Point point : area.points()) {
        out.writeDouble(point.x());
        out.writeDouble(point.y());
      }
    }
  }

  private static List<Area> readAreas(DataInputView in) throws IOException {
    List<Area> areas = new ArrayList<>();
    for (int a = in.readInt(); a > 0; a--) {
      List<Area.Point> points = new ArrayList<>();
      for (int p = in.readInt(); p > 0; p--) {
        points.add(new Area.Point(in.readDouble(), in.readDouble()));
      }
      areas.add(new Area(points));
    }
    return areas;
  }

  static void writeInstant(@Nullable Instant instant, DataOutputView out) throws IOException {
    out.writeBoolean(instant != null);
    if (instant != null) {
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    }
  }

  static @Nullable Instant readInstant(DataInputView in) throws IOException {
    return in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
  }
}
