package io.plateflow.schemas.plate;

/**
 * What one rung of the reading ladder made of a pass's plate.
 *
 * @param reader {@code local}, {@code tesseract} or {@code gemini}
 * @param text normalised; empty where it read nothing
 * @param score of the text, 0..1, in the rung's own measure
 */
public record RungRead(String reader, String text, double score) {}
