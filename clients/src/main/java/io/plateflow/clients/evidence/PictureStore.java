package io.plateflow.clients.evidence;

import java.io.IOException;

/** Where pictures are written to; used by several threads at once, never for one path. */
public interface PictureStore {

  /** Writes the picture in place of an earlier one. */
  void write(String path, byte[] picture) throws IOException;

  /** Removes the picture; nothing happens where there is none. */
  void delete(String path) throws IOException;
}
