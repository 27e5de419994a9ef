package io.plateflow.api.galaxy.service;

import io.plateflow.api.recognition.PictureLook;
import io.plateflow.api.recognition.PictureType;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.recognition.Annotation;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is cut out of one picture and drawn onto it, while it is there. */
final class DrawnPictures implements PictureLook {

  private static final int QUALITY = 90;

  /** What is drawn. */
  enum Subject {
    VEHICLES,
    PLATES,
    BOTH
  }

  private final Subject subject;
  private final int platePadding;
  private final boolean wanted;
  private final List<byte @Nullable []> vehicles = new ArrayList<>();
  private final List<byte @Nullable []> plates = new ArrayList<>();
  private byte @Nullable [] withVehicles;
  private byte @Nullable [] withPlates;

  /**
   * @param platePadding pixels around a plate in its picture
   * @param wanted whether anything is to be made at all
   */
  DrawnPictures(Subject subject, int platePadding, boolean wanted) {
    this.subject = subject;
    this.platePadding = platePadding;
    this.wanted = wanted;
  }

  @Override
  public void at(Pixels pixels, List<PlateOnVehicle> kept) {
    if (!wanted) {
      return;
    }
    for (PlateOnVehicle each : kept) {
      vehicles.add(subject == Subject.PLATES ? null : vehicle(pixels, each));
      plates.add(subject == Subject.VEHICLES ? null : plate(pixels, each));
    }
    // A copy to draw the others on would double what a large picture takes.
    if (subject != Subject.VEHICLES) {
      Annotation.drawPlates(pixels, kept);
      withPlates = JpegEncoder.encode(pixels, null, QUALITY);
    }
    if (subject != Subject.PLATES) {
      Annotation.drawVehicles(pixels, kept);
      withVehicles = JpegEncoder.encode(pixels, null, QUALITY);
    }
  }

  private static byte @Nullable [] vehicle(Pixels pixels, PlateOnVehicle each) {
    Detection vehicle = each.detection().vehicle();
    return vehicle == null ? null : JpegEncoder.encode(pixels, vehicle.box(), QUALITY);
  }

  private byte @Nullable [] plate(Pixels pixels, PlateOnVehicle each) {
    Detection plate = each.detection().plate();
    return plate == null
        ? null
        : JpegEncoder.encode(
            pixels,
            plate.box().padded(platePadding, platePadding, pixels.width(), pixels.height()),
            QUALITY);
  }

  /**
   * Where the pictures of an answer are; empty for those that are not kept.
   *
   * @param vehicles one for each that was found, empty for a plate alone
   * @param plates likewise
   */
  record Paths(
      String uploaded,
      String withVehicles,
      String withPlates,
      List<String> vehicles,
      List<String> plates) {

    static final Paths NONE = new Paths("", "", "", List.of(), List.of());
  }

  /** Keeps them, and the picture that they were made of. */
  Paths keep(ProcessedPictures pictures, Stamp stamp, byte[] original) {
    String name = ProcessedPictures.unique(stamp);
    List<String> vehiclePaths = new ArrayList<>();
    for (byte[] each : vehicles) {
      vehiclePaths.add(
          keep(
              pictures,
              ProcessedPictures.Kind.CROPPED_VEHICLE,
              "%s_detected_vehicle%d.jpg".formatted(name, vehiclePaths.size() + 1),
              each));
    }
    List<String> platePaths = new ArrayList<>();
    for (byte[] each : plates) {
      platePaths.add(
          keep(
              pictures,
              ProcessedPictures.Kind.CROPPED_PLATE,
              "%s_detected_plate%d.jpg".formatted(name, platePaths.size() + 1),
              each));
    }
    String detected = name + "_detected_image.jpg";
    return new Paths(
        pictures.keep(
            subject == Subject.PLATES
                ? ProcessedPictures.Kind.UPLOADED_PLATE
                : ProcessedPictures.Kind.UPLOADED_VEHICLE,
            name + "_uploaded_image." + PictureType.ofDecoded(original).ending(),
            original),
        keep(pictures, ProcessedPictures.Kind.DETECTED_VEHICLE, detected, withVehicles),
        keep(pictures, ProcessedPictures.Kind.DETECTED_PLATE, detected, withPlates),
        vehiclePaths,
        platePaths);
  }

  private static String keep(
      ProcessedPictures pictures,
      ProcessedPictures.Kind kind,
      String name,
      byte @Nullable [] picture) {
    return picture == null ? "" : pictures.keep(kind, name, picture);
  }
}
