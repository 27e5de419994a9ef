package io.plateflow.clients.retention;

import io.plateflow.schemas.camera.CameraDefinition;
import java.time.Instant;
import java.util.List;

/**
 * The tables that retention deletes from. Every call throws a {@link
 * io.plateflow.clients.ClientException} when they are away.
 */
public interface ExpiredRows extends AutoCloseable {

  /** Stores the retention of these cameras; others keep theirs. */
  void noteCameras(List<CameraDefinition> cameras);

  /**
   * Deletes expired passes and queues the paths of their pictures, in one transaction.
   *
   * @return how many; 0 when there are no more
   */
  int deletePasses(int most);

  /** Paths of queued pictures that were not tried since the given time. */
  List<String> pictures(Instant triedBefore, int most);

  /** Removes these paths from the queue. */
  void forgetPictures(List<String> paths);

  /** Records a failed attempt; a later run tries these paths again. */
  void notePictureFailures(List<String> paths, Instant at);

  @Override
  void close();
}
