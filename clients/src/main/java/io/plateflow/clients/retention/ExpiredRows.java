package io.plateflow.clients.retention;

import io.plateflow.schemas.camera.CameraDefinition;
import java.time.Instant;
import java.util.List;

/**
 * The tables as retention sees them. Every call throws a {@link
 * io.plateflow.clients.ClientException} when they are away.
 */
public interface ExpiredRows extends AutoCloseable {

  /** Notes for how long the passes of these cameras are kept; others keep what they had. */
  void noteCameras(List<CameraDefinition> cameras);

  /**
   * Deletes passes whose time is up; the names of their pictures are noted in the same transaction.
   *
   * @return how many; 0 when there are no more
   */
  int deletePasses(int most);

  /** Pictures that are to be removed and were not tried since the given time. */
  List<String> pictures(Instant triedBefore, int most);

  /** These pictures are gone. */
  void forgetPictures(List<String> paths);

  /** These pictures could not be removed; they are tried again by a later run. */
  void notePictureFailures(List<String> paths, Instant at);

  @Override
  void close();
}
