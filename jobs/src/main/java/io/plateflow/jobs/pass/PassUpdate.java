package io.plateflow.jobs.pass;

import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a pass at some point of its life.
 *
 * @param pass not yet matched against the access list
 * @param local what the rungs of this machine agree on, with their candidates; null where no plate
 *     was read
 * @param regions countries that are expected before this camera
 * @param asked whether Gemini was asked about it
 * @param platePicture JPEG of the plate as its evidence is to show it, a few kB, where only
 *     pictures of listed plates are stored; else null
 * @param picturesLate whether the pass's pictures are not stored yet and a gate is told without
 *     them
 */
public record PassUpdate(
    VehiclePass pass,
    Stage stage,
    @Nullable PlateRead local,
    List<String> regions,
    boolean asked,
    byte @Nullable [] platePicture,
    boolean picturesLate,
    boolean inView) {

  /** Where a pass is in its life. */
  public enum Stage {
    /** Its reads agree (again, on something else), its vehicle is still in view. */
    PROVISIONAL,
    /** Its track has ended; an answer that is on its way may change it once more. */
    STANDING,
    /** Its track has ended, and nothing more will come. */
    FINISHED,
    /** It turned out to be part of another pass: there never was such a pass. */
    ABSORBED
  }

  // Written out, because the checker does not see in a short one that an array may be null.
  public PassUpdate(
      VehiclePass pass,
      Stage stage,
      @Nullable PlateRead local,
      List<String> regions,
      boolean asked,
      byte @Nullable [] platePicture,
      boolean picturesLate,
      boolean inView) {
    this.pass = pass;
    this.stage = stage;
    this.local = local;
    this.regions = regions == null ? List.of() : List.copyOf(regions);
    this.asked = asked;
    this.platePicture = platePicture;
    this.picturesLate = picturesLate;
    this.inView = inView;
  }

  /** An update that no frame led to, or the last one. */
  public PassUpdate(
      VehiclePass pass,
      Stage stage,
      @Nullable PlateRead local,
      List<String> regions,
      boolean asked,
      byte @Nullable [] platePicture) {
    this(pass, stage, local, regions, asked, platePicture, false, false);
  }

  public PassUpdate withStage(Stage newStage) {
    return new PassUpdate(
        pass, newStage, local, regions, asked, platePicture, picturesLate, inView);
  }

  public PassUpdate withPass(VehiclePass newPass) {
    return new PassUpdate(
        newPass, stage, local, regions, asked, platePicture, picturesLate, inView);
  }

  /** The same, where no frame led to it. */
  public PassUpdate outOfView() {
    return new PassUpdate(pass, stage, local, regions, asked, platePicture, picturesLate, false);
  }

  /** What the rungs of this machine read where Gemini was asked as well; else empty. */
  public String localText() {
    return asked && local != null ? local.text() : "";
  }

  /** Whether the track has ended. */
  public boolean ended() {
    return stage == Stage.STANDING || stage == Stage.FINISHED;
  }
}
