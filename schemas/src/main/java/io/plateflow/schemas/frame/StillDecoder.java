package io.plateflow.schemas.frame;

import java.io.Serializable;

/** Turns an encoded picture (JPEG, PNG) into pixels, upright as its EXIF orientation says. */
@FunctionalInterface
public interface StillDecoder extends Serializable {

  /**
   * @throws UnreadableImageException where the bytes are no picture that can be used
   */
  Pixels decode(byte[] encoded) throws UnreadableImageException;
}
