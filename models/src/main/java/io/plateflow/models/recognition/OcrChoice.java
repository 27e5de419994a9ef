package io.plateflow.models.recognition;

/** Who reads the plates of stills; written as on the command line. */
public enum OcrChoice {
  /** The local reader alone. */
  LOCAL("local"),
  /** Tesseract alone. */
  TESSERACT("tesseract"),
  /** The local reader, and Gemini where it is unsure or reads what no plate says. */
  LOCAL_FIRST("local-first"),
  /** Gemini, and the local reader where it gives no text. */
  GEMINI_FIRST("gemini-first"),
  /** Gemini alone. */
  GEMINI_ONLY("gemini-only");

  private final String label;

  OcrChoice(String label) {
    this.label = label;
  }

  public boolean asksGemini() {
    return this == LOCAL_FIRST || this == GEMINI_FIRST || this == GEMINI_ONLY;
  }

  @Override
  public String toString() {
    return label;
  }
}
