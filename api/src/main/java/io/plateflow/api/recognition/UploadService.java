package io.plateflow.api.recognition;

import io.plateflow.api.access.Client;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.recognition.UploadPictures.Crops;
import io.plateflow.api.recognition.UploadPictures.Paths;
import io.plateflow.api.recognition.UploadTables.Removed;
import io.plateflow.api.recognition.UploadTables.Reservation;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.evidence.FolderPictureStore;
import io.plateflow.clients.postgres.PostgresPool;
import io.plateflow.clients.reads.ReadProducer;
import io.plateflow.models.recognition.ImageRecognizer;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pictures in: recognizes them, stores them, and publishes what they show. Whoever gets an
 * {@link AcceptedUpload} may rely on it; whoever gets a {@link Refusal} has left nothing behind.
 */
public final class UploadService {

  private static final Logger LOG = LoggerFactory.getLogger(UploadService.class);

  private final StillRecognizer recognizer;
  private final UploadTables tables;
  private final UploadPictures pictures;
  private final ReadProducer reads;
  private final Clock clock;

  /**
   * @param recognizer stays with the caller, like the others
   * @param pictures null keeps none
   * @param platePadding pixels around a plate in its picture
   */
  public UploadService(
      StillRecognizer recognizer,
      PostgresPool postgres,
      @Nullable FolderPictureStore pictures,
      int platePadding,
      ReadProducer reads,
      Clock clock) {
    this.recognizer = recognizer;
    this.tables = new UploadTables(postgres);
    this.pictures = new UploadPictures(pictures, platePadding);
    this.reads = reads;
    this.clock = clock;
  }

  private record Found(RecognizedImage image, List<PlateOnVehicle> kept, List<Crops> crops) {}

  /**
   * Returns when the picture is stored and the brokers have its reads.
   *
   * @param keep which of what was found count; each of them becomes a session
   * @throws Refusal where it is no picture, the client has no credits left, or a part of the
   *     service is away or busy
   */
  public AcceptedUpload accept(
      Upload upload, StillOptions options, UnaryOperator<List<PlateOnVehicle>> keep) {
    return accept(upload, options, keep, (pixels, kept) -> {});
  }

  /** The same, with a look at the picture while it is there. */
  public AcceptedUpload accept(
      Upload upload,
      StillOptions options,
      UnaryOperator<List<PlateOnVehicle>> keep,
      PictureLook look) {
    requireCredits(upload.client(), upload.credits());
    Found found =
        recognizer.recognize(
            upload.picture(),
            upload.field(),
            options,
            (pixels, image) -> {
              List<PlateOnVehicle> kept = keep.apply(image.detections());
              List<Crops> crops = pictures.cut(pixels, kept);
              look.at(pixels, kept);
              return new Found(image, kept, crops);
            });
    Reservation reserved = reserved(found.kept().size());
    Paths paths =
        pictures.paths(
            reserved.id(), clock.instant().atZone(ZoneOffset.UTC).toLocalDate(), upload.picture());
    pictures.write(paths, upload.picture(), found.crops());
    Usage usage;
    try {
      usage =
          tables.begin(
              reserved,
              upload,
              sha256(upload.picture()),
              found.image().width(),
              found.image().height(),
              paths == null ? null : paths.original(),
              found.image().totalMillis());
      reads.send(
          UploadReads.of(
              upload,
              reserved,
              found.image(),
              found.kept(),
              found.crops(),
              paths,
              clock.instant()));
    } catch (RuntimeException e) {
      takeBack(reserved, upload, paths, found.crops().size());
      throw e instanceof ClientException away ? away(away) : e;
    }
    try {
      tables.accepted(reserved.id());
    } catch (ClientException e) {
      // Everything that counts is done: its passes will come, and then its row stays.
      LOG.warn("Cannot note that upload {} was accepted: {}", reserved.id(), e.toString());
    }
    return new AcceptedUpload(
        reserved.id(),
        found.image(),
        found.kept(),
        reserved.sessionIds(),
        UploadReads.cutOuts(upload, reserved, found.crops(), paths),
        paths == null ? null : paths.original(),
        usage);
  }

  /**
   * Looks at a picture. It is counted, but neither kept nor a pass.
   *
   * @param upload of which only the picture, its field, the client and the credits matter
   * @param then makes something of it while the picture is there
   * @throws Refusal where it is no picture, the client has no credits left, or a part of the
   *     service is away or busy
   */
  public <T> Look<T> look(Upload upload, StillOptions options, ImageRecognizer.WithPixels<T> then) {
    requireCredits(upload.client(), upload.credits());
    T made = recognizer.recognize(upload.picture(), upload.field(), options, then);
    try {
      return new Look<>(made, tables.count(upload.client(), upload.credits()));
    } catch (ClientException e) {
      throw away(e);
    }
  }

  /** What the client has used in this month. */
  public Usage usage(Client client) {
    try {
      return tables.usage(client);
    } catch (ClientException e) {
      throw away(e);
    }
  }

  /**
   * The picture of an upload as it was sent, or null where it is gone or none are kept.
   *
   * @param room is told of its bytes before they are read
   */
  public byte @Nullable [] picture(long upload, LongConsumer room) {
    String path;
    try {
      path = tables.storedPath(upload).orElse(null);
    } catch (ClientException e) {
      throw away(e);
    }
    return path == null ? null : pictures.read(path, room);
  }

  private void requireCredits(Client client, int credits) {
    Integer quota = client.monthlyQuota();
    if (quota != null && usage(client).credits() + credits > quota) {
      throw noCredits(quota);
    }
  }

  static Refusal noCredits(int quota) {
    return Refusal.of(
        Refusal.Kind.NO_CREDITS, "No recognitions are left for this month: %d.".formatted(quota));
  }

  private Reservation reserved(int sessions) {
    try {
      return tables.reserve(sessions);
    } catch (ClientException e) {
      throw away(e);
    }
  }

  private static Refusal away(ClientException e) {
    return Refusal.because(
        Refusal.Kind.UNAVAILABLE, "The service cannot keep pictures at the moment.", e);
  }

  private void takeBack(Reservation reserved, Upload upload, @Nullable Paths paths, int parts) {
    pictures.delete(paths, parts);
    try {
      tables.takeBack(reserved.id(), upload);
    } catch (ClientException e) {
      // removeOld finds it by and by.
      LOG.warn("Cannot take back upload {}: {}", reserved.id(), e.toString());
    }
  }

  /**
   * Removes what was interrupted, and what is old and has no passes left.
   *
   * @param keep zero keeps old ones for ever
   */
  public void removeOld(Duration keep) {
    List<Removed> gone = tables.removeOld(keep);
    for (Removed each : gone) {
      String path = each.storedPath();
      if (path != null) {
        pictures.delete(new Paths(path), each.sessions());
      }
    }
    if (!gone.isEmpty()) {
      LOG.info("Uploads removed: {}", gone.size());
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
