package io.plateflow.api.recognition;

import io.plateflow.api.http.Refusal;
import io.plateflow.clients.evidence.FolderPictureStore;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of uploads: as sent, and the vehicles and plates cut out. They stand in {@code
 * uploads/} of the folder of evidence, apart from those of the job, which looks after its own.
 */
final class UploadPictures {

  private static final Logger LOG = LoggerFactory.getLogger(UploadPictures.class);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);
  private static final int QUALITY = 90;

  private final @Nullable FolderPictureStore store;
  private final int platePadding;

  /**
   * @param store null keeps no pictures
   * @param platePadding pixels around a plate in its picture
   */
  UploadPictures(@Nullable FolderPictureStore store, int platePadding) {
    this.store = store;
    this.platePadding = platePadding;
  }

  /**
   * Of one vehicle or lone plate.
   *
   * @param vehicle null where there is none, as for the other
   */
  record Crops(byte @Nullable [] vehicle, byte @Nullable [] plate) {
    static final Crops NONE = new Crops(null, null);
  }

  /** Where the pictures of an upload are; its parts are numbered from 1. */
  record Paths(String original) {

    String vehicle(int number) {
      return beside("vehicle-" + number);
    }

    String plate(int number) {
      return beside("plate-" + number);
    }

    private String beside(String name) {
      return original.substring(0, original.lastIndexOf('/') + 1) + name + ".jpg";
    }
  }

  List<Crops> cut(Pixels pixels, List<PlateOnVehicle> kept) {
    List<Crops> crops = new ArrayList<>();
    for (PlateOnVehicle each : kept) {
      Detection vehicle = each.detection().vehicle();
      Detection plate = each.detection().plate();
      crops.add(
          store == null
              ? Crops.NONE
              : new Crops(
                  vehicle == null ? null : JpegEncoder.encode(pixels, vehicle.box(), QUALITY),
                  plate == null
                      ? null
                      : JpegEncoder.encode(
                          pixels,
                          plate
                              .box()
                              .padded(platePadding, platePadding, pixels.width(), pixels.height()),
                          QUALITY)));
    }
    return crops;
  }

  /** Null where no pictures are kept. */
  @Nullable Paths paths(long upload, LocalDate day, byte[] picture) {
    return store == null
        ? null
        : new Paths(
            store.path(
                "uploads/%s/%d/original.%s".formatted(DAY.format(day), upload, ending(picture))));
  }

  /** By its first bytes: names lie. */
  private static String ending(byte[] picture) {
    return switch (picture[0] & 0xFF) {
      case 0x89 -> "png";
      case 'R' -> "webp";
      case 'B' -> "bmp";
      default -> "jpg";
    };
  }

  /**
   * @throws Refusal where the folder does not take them; then none is left
   */
  void write(@Nullable Paths paths, byte[] picture, List<Crops> crops) {
    if (store == null || paths == null) {
      return;
    }
    try {
      store.write(paths.original(), picture);
      for (int i = 0; i < crops.size(); i++) {
        byte[] vehicle = crops.get(i).vehicle();
        if (vehicle != null) {
          store.write(paths.vehicle(i + 1), vehicle);
        }
        byte[] plate = crops.get(i).plate();
        if (plate != null) {
          store.write(paths.plate(i + 1), plate);
        }
      }
    } catch (IOException e) {
      delete(paths, crops.size());
      throw Refusal.because(
          Refusal.Kind.UNAVAILABLE, "The picture cannot be stored at the moment.", e);
    }
  }

  /**
   * The bytes of a picture, or null where it is gone or none are kept.
   *
   * @param room is told of their number before they are read
   */
  byte @Nullable [] read(String path, LongConsumer room) {
    if (store == null) {
      return null;
    }
    try {
      return store.read(path, room);
    } catch (IOException e) {
      throw Refusal.because(
          Refusal.Kind.UNAVAILABLE, "The picture cannot be read at the moment.", e);
    }
  }

  void delete(@Nullable Paths paths, int parts) {
    if (store == null || paths == null) {
      return;
    }
    try {
      for (int number = 1; number <= parts; number++) {
        store.delete(paths.vehicle(number));
        store.delete(paths.plate(number));
      }
      store.delete(paths.original());
    } catch (IOException e) {
      LOG.warn("Cannot delete pictures of an upload: {}: {}", paths.original(), e.toString());
    }
  }
}
