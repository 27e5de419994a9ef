package io.plateflow.api.galaxy.service;

import io.plateflow.api.http.Refusal;
import io.plateflow.clients.evidence.FolderPictureStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures that answers name, such as {@code
 * images_processed/cropped_plate_images/2025-06-06_14-30-15_1f0c9a7e_detected_plate1.jpg}. They
 * stand in {@code galaxy/} of the folder of evidence.
 */
public final class ProcessedPictures {

  /** What they show. */
  enum Kind {
    UPLOADED_VEHICLE,
    DETECTED_VEHICLE,
    CROPPED_VEHICLE,
    UPLOADED_PLATE,
    DETECTED_PLATE,
    CROPPED_PLATE;

    String folder() {
      return name().toLowerCase(Locale.ROOT) + "_images";
    }
  }

  static final String PREFIX = "images_processed/";

  private static final Logger LOG = LoggerFactory.getLogger(ProcessedPictures.class);
  private static final String FOLDER = "galaxy/";

  // Nothing that leads elsewhere has this form, however it is encoded.
  private static final Pattern PATH =
      Pattern.compile(
          "(?:images_processed/)?((?:uploaded|detected|cropped)_(?:vehicle|plate)_images"
              + "/[A-Za-z0-9_.-]{1,200}\\.(?:jpg|png|webp|bmp))");

  private final @Nullable FolderPictureStore store;
  private final Clock clock;

  /**
   * @param store null keeps none
   */
  public ProcessedPictures(@Nullable FolderPictureStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  boolean kept() {
    return store != null;
  }

  /** The beginning of names that no other picture has, whatever its stamp. */
  static String unique(Stamp stamp) {
    return stamp.name() + "_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  /**
   * Keeps a picture.
   *
   * @return its path as answers have it; empty where it is not kept
   */
  String keep(Kind kind, String name, byte[] picture) {
    if (store == null) {
      return "";
    }
    String path = kind.folder() + "/" + name;
    try {
      store.write(store.path(FOLDER + path), picture);
      return PREFIX + path;
    } catch (IOException e) {
      // What it was made of is recognized, and stored where it counts.
      LOG.warn("Cannot keep a picture: {}: {}", path, e.toString());
      return "";
    }
  }

  /**
   * The bytes of a picture, or null where there is none.
   *
   * @param path as answers have it, or without its first folder
   * @param room is told of their number before they are read
   */
  byte @Nullable [] read(String path, LongConsumer room) {
    Matcher known = PATH.matcher(path);
    if (store == null || !known.matches()) {
      return null;
    }
    try {
      return store.read(store.path(FOLDER + known.group(1)), room);
    } catch (IOException e) {
      throw Refusal.because(
          Refusal.Kind.UNAVAILABLE, "The picture cannot be read at the moment.", e);
    }
  }

  /**
   * Removes old ones.
   *
   * @param keep zero keeps them for ever
   */
  public void removeOld(Duration keep) {
    if (store == null || keep.isZero()) {
      return;
    }
    try {
      int gone = store.deleteOlder(store.path(FOLDER), clock.instant().minus(keep));
      if (gone > 0) {
        LOG.info("Pictures of answers removed: {}", gone);
      }
    } catch (IOException e) {
      LOG.warn("Old pictures of answers are not removed: {}", e.toString());
    }
  }
}
