package io.plateflow.clients.evidence;

import io.plateflow.clients.ClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in a folder of this machine, or of one that it mounts. No path leads out of the folder,
 * and a picture is there whole or not at all.
 */
public final class FolderPictureStore implements PictureStore {

  private static final String FILE = "file:";

  private final String prefix;
  private final Path root;

  private FolderPictureStore(String prefix, Path root) {
    this.prefix = prefix;
    this.root = root;
  }

  /**
   * @param directory a path or a {@code file:} address
   * @throws ClientException where it is another kind of store
   */
  public static FolderPictureStore of(String directory) {
    String prefix = directory.endsWith("/") ? directory : directory + "/";
    try {
      if (directory.startsWith(FILE)) {
        return new FolderPictureStore(prefix, Path.of(URI.create(directory)).normalize());
      }
      if (!directory.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
        return new FolderPictureStore(prefix, Path.of(directory).toAbsolutePath().normalize());
      }
    } catch (IllegalArgumentException e) {
      throw new ClientException("Folder of pictures: found '%s'".formatted(directory), e);
    }
    throw new ClientException(
        "Folder of pictures: found '%s', expected a folder of this machine".formatted(directory));
  }

  /** The path of a picture as tables and events have it. */
  public String path(String name) {
    return prefix + name;
  }

  @Override
  public void write(String path, byte[] picture) throws IOException {
    Path file = file(path);
    Path folder = file.getParent();
    if (folder == null) {
      throw new IOException("Path of a picture: found '%s' without a folder".formatted(path));
    }
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, ".", ".part");
    try {
      Files.write(unfinished, picture);
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * The bytes of a picture, or null where there is none.
   *
   * @param room is told of their number before they are read
   */
  public byte @Nullable [] read(String path, LongConsumer room) throws IOException {
    Path file = file(path);
    try {
      room.accept(Files.size(file));
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = file(path);
    Files.deleteIfExists(file);
    Path folder = file.getParent();
    String[] left = folder == null ? null : folder.toFile().list();
    if (folder != null && left != null && left.length == 0 && !folder.equals(root)) {
      Files.deleteIfExists(folder);
    }
  }

  /**
   * Deletes what is older of a folder and below.
   *
   * @param folder as {@link #path} made it
   * @return how many pictures
   */
  public int deleteOlder(String folder, Instant before) throws IOException {
    Path start = file(folder);
    int deleted = 0;
    if (Files.isDirectory(start)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(start)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          deleted += Files.deleteIfExists(file) ? 1 : 0;
        }
      }
    }
    return deleted;
  }

  @Override
  public void touch(String path) throws IOException {
    Path file = file(path);
    if (Files.exists(file)) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }
  }

  /** The file of a path that {@link #path} made; links count as what they lead to. */
  private Path file(String path) throws IOException {
    if (!path.startsWith(prefix)) {
      throw outside(path);
    }
    Path file;
    try {
      file = root.resolve(path.substring(prefix.length())).normalize();
    } catch (InvalidPathException e) {
      throw new IOException("Path of a picture: found '%s'".formatted(path), e);
    }
    if (!file.startsWith(root) || file.equals(root)) {
      throw outside(path);
    }
    Path existing = file;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (Files.exists(root)
        && existing != null
        && !existing.toRealPath().startsWith(root.toRealPath())) {
      throw outside(path);
    }
    return file;
  }

  private IOException outside(String path) {
    return new IOException(
        "Path of a picture: found '%s', expected one below %s".formatted(path, prefix));
  }
}
