package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.StillDecoder;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stills of a folder in the order of their names, each a scene of its own. It continues
 * after the last name read, so added or removed files shift nothing. Anything but JPEG and PNG is
 * rejected; hidden files are ignored.
 */
final class FolderCameraClient implements CameraClient {

  private static final long MAX_BYTES = 256L << 20;

  private final CameraDefinition camera;
  private final Path path;
  private final long maxPixels;
  private final StillDecoder decoder;
  private final ArrayDeque<Path> files = new ArrayDeque<>();
  private long sequence;
  private volatile boolean aborted;

  FolderCameraClient(CameraDefinition camera, Path path, long maxPixels, StillDecoder decoder) {
    this.camera = camera;
    this.path = path;
    this.maxPixels = maxPixels;
    this.decoder = decoder;
  }

  @Override
  public void open(CameraPosition from) throws IOException {
    sequence = from.nextSequence();
    list().stream()
        .filter(
            file ->
                from.lastEntry() == null
                    || file.getFileName().toString().compareTo(from.lastEntry()) > 0)
        .forEach(files::add);
  }

  private List<Path> list() throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(
          "found nothing at %s, expected a file or folder".formatted(path));
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }

  @Override
  public @Nullable GrabbedFrame next() throws IOException {
    if (aborted) {
      throw new IOException("reading %s was aborted".formatted(path));
    }
    Path file = files.poll();
    return file == null ? null : grab(file, sequence++);
  }

  private GrabbedFrame grab(Path file, long number) {
    String name = file.getFileName().toString();
    Instant modifiedAt = Instant.EPOCH;
    try {
      modifiedAt = Files.getLastModifiedTime(file).toInstant();
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw new UnreadableImageException(
            "found %d bytes, expected at most %d".formatted(bytes, MAX_BYTES));
      }
      byte[] encoded = Files.readAllBytes(file);
      StillHeader header = StillHeader.read(encoded, camera.timezone());
      Instant capturedAt =
          capturedAt(number, header.takenAt() == null ? modifiedAt : header.takenAt());
      return new GrabbedFrame(
          number,
          -1,
          capturedAt,
          name,
          true,
          (pool, rotation) -> PixelTurn.turned(decode(name, encoded, header), rotation, pool));
    } catch (UnreadableImageException e) {
      return unusable(number, modifiedAt, name, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      return unusable(
          number,
          modifiedAt,
          name,
          "cannot be read (%s)".formatted(e.getClass().getSimpleName()),
          e);
    }
  }

  private Instant capturedAt(long number, Instant own) {
    // With a time given for the whole folder, its stills are a second apart.
    return camera.recordedAt() == null ? own : camera.recordedAt().plusSeconds(number);
  }

  private GrabbedFrame unusable(
      long number, Instant modifiedAt, String name, String reason, Exception cause) {
    return new GrabbedFrame(
        number,
        -1,
        capturedAt(number, modifiedAt),
        name,
        true,
        (pool, rotation) -> {
          throw new UnreadableImageException("%s: %s".formatted(name, reason), cause);
        });
  }

  private Pixels decode(String name, byte[] encoded, StillHeader header)
      throws UnreadableImageException {
    if ((long) header.width() * header.height() > maxPixels) {
      throw new UnreadableImageException(
          "%s: found %d x %d pixels, expected at most %d in all"
              .formatted(name, header.width(), header.height(), maxPixels));
    }
    try {
      return decoder.decode(encoded);
    } catch (UnreadableImageException e) {
      throw new UnreadableImageException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public void abort() {
    aborted = true;
  }

  @Override
  public void close() {
    files.clear();
  }
}
