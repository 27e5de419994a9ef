package io.plateflow.clients.retention;

import io.plateflow.schemas.camera.CameraDefinition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The tables that retention deletes from. */
public interface ExpiredRows extends AutoCloseable {

  /** Stores the retention of these cameras; others keep theirs. */
  void noteCameras(List<CameraDefinition> cameras) throws SQLException;

  /**
   * Deletes expired passes and queues the paths of their pictures, in one transaction.
   *
   * @return how
   * many; 0 when there are no more
   */
  int deletePasses(int most) throws SQLException;

  /** Paths of queued pictures that were not tried since the given time. */
  List<String> pictures(Instant triedBefore, int most) throws SQLException;

  /** Removes these paths from the queue. */
  void forgetPictures(List<String> paths) throws SQLException;

  /** Records a failed attempt; a later run tries these paths again. */
  void notePictureFailures(List<String> paths, Instant at) throws SQLException;

  @Override
  void close();
}
