package io.plateflow.clients.embedded;

import io.plateflow.clients.ClientException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one service of one living process uses: kept when it was given, deleted at close
 * when it was made here.
 */
final class DataFolder implements AutoCloseable {

  private final Path path;
  private final boolean temporary;
  private final FileChannel lockChannel;

  private DataFolder(Path path, boolean temporary, FileChannel lockChannel) {
    this.path = path;
    this.temporary = temporary;
    this.lockChannel = lockChannel;
  }

  /**
   * @param given null for a temporary folder
   * @param service who uses it
   */
  static DataFolder open(@Nullable Path given, String service) {
    try {
      Path path =
          given == null
              ? Files.createTempDirectory("plateflow-" + service + "-")
              : Files.createDirectories(given.toAbsolutePath());
      // Beside the service's own files: Postgres takes an empty folder only.
      FileChannel channel =
          FileChannel.open(
              path.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new ClientException(
            "Data folder in use: the embedded %s of another process holds %s"
                .formatted(service, path));
      }
      return new DataFolder(path, given == null, channel);
    } catch (IOException e) {
      throw new ClientException(
          "Cannot use data folder: service=%s path=%s".formatted(service, given), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Where the service keeps its files. */
  Path files() {
    return path.resolve("data");
  }

  /** A role's password, beside the service's files. */
  PasswordFile password(String role) {
    return password(path, role);
  }

  static PasswordFile password(Path folder, String role) {
    return new PasswordFile(folder.toAbsolutePath().resolve(role + ".password"));
  }

  @Override
  public void close() throws IOException {
    lockChannel.close();
    if (temporary) {
      deleteTree(path);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
