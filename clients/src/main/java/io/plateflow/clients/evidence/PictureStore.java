package io.plateflow.clients.evidence;

import java.io.IOException;

/** Storage of pictures; called by several threads, never two at a time for one path. */
public interface PictureStore {

  /**
   * Writes the picture, replacing an earlier one.
   *
   * @throws StoreFullException where there is no room for it
   */
  void write(String path, byte[] picture) throws IOException;

  /** Deletes the picture if it exists. */
  void delete(String path) throws IOException;

  /** Makes the picture look newly written if it exists. */
  void touch(String path) throws IOException;
}
