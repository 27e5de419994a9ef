package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.schemas.camera.CameraDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a video file with FFmpeg. A picture's number is its place in the decoded film, its time the
 * film's start plus its timestamp: both the same in every replay.
 */
final class FfmpegFileClient implements CameraClient {

  private static final int MAX_DAMAGE_IN_A_ROW = 50;

  /** Containers without a clock give 1904 or 1970. */
  private static final Instant FIRST_CREDIBLE = Instant.parse("1990-01-01T00:00:00Z");

  /**
   * An index goes by the order of decoding: where pictures are reordered, the key picture that it
   * names can be shown after the one that is sought.
   */
  private static final long[] SEEK_BACK_MICROS = {0, 1_000_000, 10_000_000};

  private final CameraDefinition camera;
  private final Path file;
  private final FrameSourceConfig config;
  private final BgrConverter converter;
  private volatile FfmpegDecoder decoder = new FfmpegDecoder();
  private volatile boolean aborted;
  private Instant startedAt = Instant.EPOCH;
  private long sequence;
  private long timestampMicros;
  private int damageInARow;

  FfmpegFileClient(CameraDefinition camera, Path file, FrameSourceConfig config) {
    this.camera = camera;
    this.file = file;
    this.config = config;
    this.converter = new BgrConverter(config.maxPixels());
  }

  @Override
  public void open(CameraPosition from) throws IOException {
    openAtBeginning();
    if (from.lastTimestampMicros() > 0 && !continueBehind(from)) {
      decoder.close();
      decoder = new FfmpegDecoder();
      openAtBeginning();
    }
  }

  private void openAtBeginning() throws IOException {
    decoder.open(FfmpegInput.of(file), config.decoderThreads(), false);
    if (aborted) {
      decoder.abort();
    }
    startedAt = startedAt();
    sequence = 0;
    timestampMicros = -1;
  }

  /**
   * Seeks to the picture that was handed on last. Only a picture with exactly its time, reached
   * from a key picture before it, proves that what follows has the numbers and the pixels that it
   * has when the film is read from its beginning.
   */
  private boolean continueBehind(CameraPosition from) throws IOException {
    for (long back : SEEK_BACK_MICROS) {
      if (reach(from.lastTimestampMicros(), back)) {
        sequence = from.nextSequence();
        timestampMicros = from.lastTimestampMicros();
        return true;
      }
    }
    return false;
  }

  private boolean reach(long wantedMicros, long backMicros) throws IOException {
    if (!decoder.seek(Math.max(0, wantedMicros - backMicros))) {
      return false;
    }
    boolean first = true;
    while (decoder.advance() == FfmpegDecoder.Step.PICTURE) {
      long found = decoder.timestampMicros();
      if (first && !decoder.isKey() || found > wantedMicros) {
        return false;
      }
      if (found == wantedMicros) {
        return true;
      }
      first = false;
    }
    return false;
  }

  private Instant startedAt() throws IOException {
    if (camera.recordedAt() != null) {
      return camera.recordedAt();
    }
    String tag = decoder.tag("creation_time");
    if (tag != null) {
      try {
        Instant created = OffsetDateTime.parse(tag).toInstant();
        if (created.isAfter(FIRST_CREDIBLE)) {
          return created;
        }
      } catch (DateTimeException e) {
        // Some other writing of a time: as good as none.
      }
    }
    return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public @Nullable GrabbedFrame next() throws IOException {
    return switch (decoder.advance()) {
      case END -> null;
      case PICTURE -> {
        damageInARow = 0;
        yield picture();
      }
      case DAMAGE -> {
        if (++damageInARow > MAX_DAMAGE_IN_A_ROW) {
          throw new IOException("found nothing more that can be decoded");
        }
        yield damaged();
      }
    };
  }

  private GrabbedFrame picture() {
    long own = decoder.timestampMicros();
    // Streams without times, or with times that stand still, are taken at their frame rate.
    timestampMicros =
        own > timestampMicros
            ? own
            : timestampMicros < 0 ? 0 : timestampMicros + decoder.pictureMicros();
    return new GrabbedFrame(
        sequence++,
        // A time that was made up may be the own time of a later picture: not to be sought.
        own == timestampMicros ? own : -1,
        startedAt.plus(timestampMicros, ChronoUnit.MICROS),
        null,
        false,
        converter.loader(decoder));
  }

  private GrabbedFrame damaged() {
    return new GrabbedFrame(
        sequence++,
        timestampMicros,
        startedAt.plus(Math.max(0, timestampMicros), ChronoUnit.MICROS),
        null,
        true,
        BgrConverter.UNDECODABLE);
  }

  @Override
  public long decodeNanos() {
    return decoder.decodeNanos();
  }

  @Override
  public void abort() {
    aborted = true;
    decoder.abort();
  }

  @Override
  public void close() {
    decoder.close();
    converter.close();
  }
}
