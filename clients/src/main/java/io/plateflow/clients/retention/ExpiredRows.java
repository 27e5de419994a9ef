package io.plateflow.clients.retention;

import io.plateflow.schemas.camera.CameraDefinition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The tables as retention sees them. */
public interface ExpiredRows extends AutoCloseable {

  /** Notes for how long the passes of these cameras are kept; others keep what they had. */
  void noteCameras(List<CameraDefinition> cameras) throws SQLException;

  /**
   * Deletes passes whose time is up; the names of their pictures are noted in the same transaction.
   *
   * @return how many; 0 when there are no more
   */
  int deletePasses(int most) throws SQLException;

  /** Pictures that are to be removed and were not tried since the given time. */
  List<String> pictures(Instant triedBefore, int most) throws SQLException;

  /** These pictures are gone. */
  void forgetPictures(List<String> paths) throws SQLException;

  /** These pictures could not be removed; they are tried again by a later run. */
  void notePictureFailures(List<String> paths, Instant at) throws SQLException;

  @Override
  void close();
}
