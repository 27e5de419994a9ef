package io.plateflow.clients.evidence;

import java.io.IOException;

/** Storage of pictures; called by several threads, never two at a time for one path. */
public interface PictureStore {

  /** Writes the picture, replacing an earlier one. */
  void write(String path, byte[] picture) throws IOException;

  /** Deletes the picture if it exists. */
  void delete(String path) throws IOException;
}
