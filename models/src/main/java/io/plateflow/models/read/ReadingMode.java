package io.plateflow.models.read;

/** Which rungs of the ladder read plates, and in which order. */
public enum ReadingMode {
  /** The rungs of this machine alone. */
  LOCAL_ONLY,
  /** Gemini where the local reader is unsure. */
  LOCAL_FIRST,
  /** Gemini for every plate, once; its reading weighs more than the local one. */
  GEMINI_FIRST,
  /** Gemini for every plate, and nothing else. */
  GEMINI_ONLY;

  /** Whether the rungs of this machine read. */
  public boolean local() {
    return this != GEMINI_ONLY;
  }

  /** Whether Gemini may be asked. */
  public boolean gemini() {
    return this != LOCAL_ONLY;
  }
}
