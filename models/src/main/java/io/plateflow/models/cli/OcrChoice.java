package io.plateflow.models.cli;

import io.plateflow.models.read.ReadingMode;

/** Who reads the plates of pictures; written as on the command line. */
enum OcrChoice {
  /** The local reader alone. */
  LOCAL("local", ReadingMode.LOCAL_ONLY),
  /** Tesseract alone. */
  TESSERACT("tesseract", ReadingMode.LOCAL_ONLY),
  /** The local reader, and Gemini where it is unsure or its text follows no plate format. */
  LOCAL_FIRST("local-first", ReadingMode.LOCAL_FIRST),
  /** Gemini, and the local reader where it gives no text. */
  GEMINI_FIRST("gemini-first", ReadingMode.GEMINI_FIRST),
  /** Gemini alone. */
  GEMINI_ONLY("gemini-only", ReadingMode.GEMINI_ONLY);

  private final String label;
  private final ReadingMode mode;

  OcrChoice(String label, ReadingMode mode) {
    this.label = label;
    this.mode = mode;
  }

  ReadingMode mode() {
    return mode;
  }

  @Override
  public String toString() {
    return label;
  }
}
