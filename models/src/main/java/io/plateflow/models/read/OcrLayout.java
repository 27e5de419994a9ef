package io.plateflow.models.read;

import io.plateflow.models.ModelException;
import io.plateflow.models.onnx.OnnxModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a reader network takes and gives: a grey picture, and CTC lattices of the text (two lines
 * one after the other) and of the date.
 *
 * @param width of the input in pixels
 * @param height of the input in pixels
 * @param lineColumns lattice columns of one text line; the text has two
 * @param dateColumns lattice columns of the date; 0 where the network reads none
 * @param countries that the network tells apart, lower case; empty where it tells none
 * @param tellsSlope whether the network tells how the text slopes
 * @param levelled whether the network wants crops levelled by the slope that another one found
 */
record OcrLayout(
    int width,
    int height,
    int lineColumns,
    int dateColumns,
    List<String> countries,
    boolean tellsSlope,
    boolean levelled) {

  static final String TEXT = "text";
  static final String DATE = "date";
  static final String COUNTRY = "country";
  static final String SLOPE = "slope";
  static final String SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final String DATE_SYMBOLS = "0123456789";

  static OcrLayout of(OnnxModel model) {
    long[] input = model.inputShape();
    if (input.length != 4 || input[1] != 1 || input[2] < 1 || input[3] < 1) {
      throw refused(model, "input", input, "[N, 1, height, width]");
    }
    if (!model.outputNames().contains(TEXT)) {
      throw new ModelException(
          "Model %s is no plate reader: found outputs %s, expected '%s'"
              .formatted(model.name(), model.outputNames(), TEXT));
    }
    String alphabet = model.metadata().getOrDefault("alphabet", SYMBOLS);
    if (!alphabet.equals(SYMBOLS)) {
      throw new ModelException(
          "Model %s: found alphabet '%s', expected '%s'"
              .formatted(model.name(), alphabet, SYMBOLS));
    }
    long[] text = model.outputShape(TEXT);
    if (text.length != 3 || text[1] < 2 || text[1] % 2 != 0 || text[2] != SYMBOLS.length() + 1) {
      throw refused(model, "output 'text'", text, "[N, two lines' columns, 37]");
    }
    int dateColumns = 0;
    if (model.outputNames().contains(DATE)) {
      long[] date = model.outputShape(DATE);
      if (date.length != 3 || date[1] < 1 || date[2] != DATE_SYMBOLS.length() + 1) {
        throw refused(model, "output 'date'", date, "[N, columns, 11]");
      }
      dateColumns = (int) date[1];
    }
    boolean tellsSlope = model.outputNames().contains(SLOPE);
    if (tellsSlope && model.outputShape(SLOPE).length != 1) {
      throw refused(model, "output 'slope'", model.outputShape(SLOPE), "[N]");
    }
    return new OcrLayout(
        (int) input[3],
        (int) input[2],
        (int) text[1] / 2,
        dateColumns,
        countries(model),
        tellsSlope,
        "levelled".equals(model.metadata().get("crops")));
  }

  private static List<String> countries(OnnxModel model) {
    String names = model.metadata().getOrDefault("countries", "");
    if (names.isEmpty() || !model.outputNames().contains(COUNTRY)) {
      return List.of();
    }
    List<String> countries = List.of(names.toLowerCase(Locale.ROOT).split(","));
    long[] shape = model.outputShape(COUNTRY);
    if (shape.length != 2 || shape[1] != countries.size()) {
      throw refused(model, "output 'country'", shape, "[N, %d]".formatted(countries.size()));
    }
    return countries;
  }

  private static ModelException refused(
      OnnxModel model, String what, long[] found, String expected) {
    return new ModelException(
        "Model %s is no plate reader: found %s of %s, expected %s"
            .formatted(model.name(), what, Arrays.toString(found), expected));
  }
}
