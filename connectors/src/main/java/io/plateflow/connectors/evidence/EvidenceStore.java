package io.plateflow.connectors.evidence;

import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.evidence.EvidenceFolder;
import io.plateflow.clients.evidence.StoreFullException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pictures of passes in any of Flink's file systems, as {@code
 * BASE/yyyy/MM/dd/PASS/{frame,vehicle,plate}.jpg} (the day in UTC). The pass id is part of the
 * path, so it is known before anything is written, a replay writes its own files again, and no
 * other pass ever touches them.
 */
public final class EvidenceStore implements EvidenceFolder, Serializable {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
  private static final String UNFINISHED = ".part";
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final Pattern TWO_DIGITS = Pattern.compile("\\d{2}");
  private static final Pattern PICTURE = Pattern.compile("[a-z]+\\.jpg(\\.part)?");
  private static final Pattern ANY = Pattern.compile(".*");

  /** What pictures leave free of a disk: a hundredth, and no more than this. */
  private static final long RESERVED = 512L << 20;

  private static final long RESERVED_PART = 100;

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
    requireRoom(path, picture.length, null);
    Path unfinished = new Path(path + UNFINISHED);
    try {
      write(files, unfinished, picture);
      if (!files.rename(unfinished, target)) {
        throw new IOException("Cannot rename %s to %s".formatted(unfinished, target));
      }
    } catch (IOException e) {
      // Half a picture is of no use and may be what fills the disk.
      files.delete(unfinished, false);
      requireRoom(path, picture.length, e);
      throw e;
    }
  }

  /** Leaves the last of the disk to tables, topics and checkpoints, which cannot do without. */
  private void requireRoom(String path, int bytes, @Nullable IOException cause)
      throws StoreFullException {
    DiskSpace space = space();
    if (space != null && space.free() - bytes < Math.min(space.total() / RESERVED_PART, RESERVED)) {
      throw new StoreFullException(
          "No room for %s: found %s free, %d bytes needed".formatted(path, space, bytes), cause);
    }
  }

  @Override
  public @Nullable DiskSpace space() {
    File folder = localFolder();
    while (folder != null && !folder.exists()) {
      folder = folder.getParentFile();
    }
    return folder == null ? null : new DiskSpace(folder.getUsableSpace(), folder.getTotalSpace());
  }

  /** Null where the store is no local folder. */
  private @Nullable File localFolder() {
    Path folder = new Path(base);
    try {
      return folder.getFileSystem().isDistributedFS()
          ? null
          : new File(folder.toUri().getPath()).getAbsoluteFile();
    } catch (IOException e) {
      // What writes there will say so.
      return null;
    }
  }

  @Override
  public String prefix() {
    return new Path(base) + Path.SEPARATOR;
  }

  @Override
  public List<String> days() throws IOException {
    List<String> days = new ArrayList<>();
    for (FileStatus year : list(new Path(base), YEAR)) {
      for (FileStatus month : list(year.getPath(), TWO_DIGITS)) {
        for (FileStatus day : list(month.getPath(), TWO_DIGITS)) {
          days.add(
              String.join(
                  Path.SEPARATOR,
                  year.getPath().getName(),
                  month.getPath().getName(),
                  day.getPath().getName()));
        }
      }
    }
    Collections.sort(days);
    return days;
  }

  @Override
  public List<String> passes(String day) throws IOException {
    List<String> passes = new ArrayList<>();
    for (FileStatus folder : list(new Path(base, day), ANY)) {
      if (folder.isDir()) {
        passes.add(passId(folder.getPath().getName()));
      }
    }
    return passes;
  }

  @Override
  public List<StoredPicture> pictures(String day, String passId) throws IOException {
    String folder = day + Path.SEPARATOR + fileName(passId);
    List<StoredPicture> pictures = new ArrayList<>();
    for (FileStatus file : list(new Path(base, folder), PICTURE)) {
      String name = file.getPath().getName();
      pictures.add(
          new StoredPicture(
              passId,
              new Path(new Path(base, folder), name).toString(),
              folder + Path.SEPARATOR + name,
              Instant.ofEpochMilli(file.getModificationTime())));
    }
    return pictures;
  }

  /** What a folder holds whose name is of this form; nothing where it is not there. */
  private static List<FileStatus> list(Path folder, Pattern name) throws IOException {
    try {
      FileStatus[] entries = folder.getFileSystem().listStatus(folder);
      return entries == null
          ? List.of()
          : Arrays.stream(entries)
              .filter(entry -> name.matcher(entry.getPath().getName()).matches())
              .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public void touch(String path) throws IOException {
    Path picture = new Path(path);
    FileSystem files = picture.getFileSystem();
    if (!files.isDistributedFS()) {
      new File(picture.toUri().getPath()).setLastModified(System.currentTimeMillis());
      return;
    }
    // Object stores know no other way.
    byte[] written;
    try (FSDataInputStream in = files.open(picture)) {
      written = in.readAllBytes();
    } catch (FileNotFoundException e) {
      return;
    }
    write(files, picture, written);
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

  /** What {@link #fileName} was made of. */
  static String passId(String fileName) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(fileName.length());
    for (int i = 0; i < fileName.length(); i++) {
      boolean coded = fileName.charAt(i) == '~' && i + 2 < fileName.length();
      bytes.write(coded ? HexFormat.fromHexDigits(fileName, i + 1, i + 3) : fileName.charAt(i));
      i += coded ? 2 : 0;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
