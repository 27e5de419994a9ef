package io.plateflow.connectors.evidence;

import io.plateflow.clients.evidence.PictureStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Keeps the pictures of passes in any of Flink's file systems, as {@code
 * BASE/yyyy/MM/dd/PASS/{frame,vehicle,plate}.jpg} (the day in UTC). The pass id is part of the
 * path, so it is known before anything is written, a replay writes its own files again, and no
 * other pass ever touches them.
 */
public final class EvidenceStore implements PictureStore, Serializable {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
  private static final String UNFINISHED = ".part";

  private final String base;

  /**
   * @param base a folder: {@code file:///var/lib/plateflow/evidence}, {@code s3://bucket/evidence}
   */
  public EvidenceStore(String base) {
    if (base == null || base.isBlank()) {
      throw new IllegalArgumentException("Evidence folder: found nothing, expected a path");
    }
    this.base = base;
  }

  /**
   * The path of a picture of a pass, written or not.
   *
   * @param name {@code frame}, {@code vehicle} or {@code plate}
   */
  public String path(String passId, Instant capturedAt, String name) {
    Path folder = new Path(new Path(base), DAY.format(capturedAt) + "/" + fileName(passId));
    return new Path(folder, name + ".jpg").toString();
  }

  @Override
  public void write(String path, byte[] picture) throws IOException {
    Path target = new Path(path);
    FileSystem files = target.getFileSystem();
    if (files.isDistributedFS()) {
      write(files, target, picture);
      return;
    }
    // A partly written picture must not be visible. Object stores show a file when it is whole
    // anyway.
    Path unfinished = new Path(path + UNFINISHED);
    write(files, unfinished, picture);
    if (!files.rename(unfinished, target)) {
      throw new IOException("Cannot rename %s to %s".formatted(unfinished, target));
    }
  }

  private static void write(FileSystem files, Path path, byte[] picture) throws IOException {
    try (FSDataOutputStream out = files.create(path, FileSystem.WriteMode.OVERWRITE)) {
      out.write(picture);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Path picture = new Path(path);
    FileSystem files = picture.getFileSystem();
    if (!isInside(picture.makeQualified(files), new Path(base).makeQualified(files))) {
      throw new IOException(
          "Not a picture of this store: found %s, expected a path under %s".formatted(path, base));
    }
    files.delete(picture, false);
    if (!files.isDistributedFS()) {
      removeEmpty(files, picture.getParent());
    }
  }

  private static boolean isInside(Path picture, Path folder) {
    // A path with dots in it is normalised by neither side of the comparison.
    return !picture.toUri().getPath().contains("/../")
        && picture.toString().startsWith(folder.toString() + Path.SEPARATOR);
  }

  /** Deletes the folders of pass, day, month and year that became empty. */
  private void removeEmpty(FileSystem files, Path folder) throws IOException {
    Path root = new Path(base).makeQualified(files);
    for (Path empty = folder.makeQualified(files);
        empty.depth() > root.depth() && isEmpty(files, empty);
        empty = empty.getParent()) {
      files.delete(empty, false);
    }
  }

  private static boolean isEmpty(FileSystem files, Path folder) throws IOException {
    try {
      FileStatus[] entries = files.listStatus(folder);
      return entries != null && entries.length == 0;
    } catch (FileNotFoundException e) {
      // Another thread was faster.
      return false;
    }
  }

  /**
   * One file name per id, and never two ids with one: what is no letter, digit, dot, dash or
   * underscore becomes {@code ~} and its bytes in hex.
   */
  static String fileName(String passId) {
    StringBuilder name = new StringBuilder(passId.length());
    for (byte b : passId.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              // A leading dot would hide the folder, or climb out of it.
              || c == '.' && !name.isEmpty();
      if (plain) {
        name.append(c);
      } else {
        name.append('~').append("%02x".formatted((int) c));
      }
    }
    return name.toString();
  }
}
