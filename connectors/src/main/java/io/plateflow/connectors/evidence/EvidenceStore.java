package io.plateflow.connectors.evidence;

import io.plateflow.schemas.pass.Evidence;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pictures of passes in any of Flink's file systems, as {@code
 * BASE/yyyy/MM/dd/PASS/{frame,vehicle,plate}.jpg} (the day in UTC). The pass id is part of the
 * path, so a replay writes its own files again and no other pass ever touches them.
 *
 * <p>A picture that cannot be written is counted and logged; the pass goes on without it.
 */
public final class EvidenceStore implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceStore.class);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  private final String base;
  private final AtomicLong failures = new AtomicLong();

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
   * Writes the pictures that are not null.
   *
   * @return where they are; null for those that were not given or could not be written
   */
  public Evidence store(
      String passId, Instant capturedAt, byte[] frame, byte[] vehicle, byte[] plate) {
    Path folder = new Path(new Path(base), DAY.format(capturedAt) + "/" + fileName(passId));
    return new Evidence(
        write(new Path(folder, "frame.jpg"), frame),
        write(new Path(folder, "vehicle.jpg"), vehicle),
        write(new Path(folder, "plate.jpg"), plate));
  }

  /** How many pictures could not be written since this object was made. */
  public long failures() {
    return failures.get();
  }

  private String write(Path path, byte[] picture) {
    if (picture == null) {
      return null;
    }
    try (FSDataOutputStream out =
        path.getFileSystem().create(path, FileSystem.WriteMode.OVERWRITE)) {
      out.write(picture);
    } catch (IOException e) {
      long count = failures.incrementAndGet();
      LOG.warn(
          "Cannot write evidence: path={} bytes={} failures={}", path, picture.length, count, e);
      return null;
    }
    return path.toString();
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
