package io.plateflow.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the Python literals that exporters write into metadata: {@code {0: 'car', 1: "bus"}}. */
final class PythonLiteral {

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** A dict of numbers to strings, by number; a list of strings counts from 0. */
  static TreeMap<Integer, String> names(String text) {
    PythonLiteral reader = new PythonLiteral(text);
    TreeMap<Integer, String> names = new TreeMap<>();
    char open = reader.next();
    boolean dict = open == '{';
    if (!dict && open != '[') {
      throw reader.unexpected("{ or [");
    }
    char close = dict ? '}' : ']';
    while (reader.peek() != close) {
      int key = dict ? reader.number() : names.size();
      if (dict) {
        reader.expect(':');
      }
      names.put(key, reader.string());
      if (reader.peek() == ',') {
        reader.next();
      }
    }
    return names;
  }

  /** Whole numbers of a list or tuple, or the one number that is there. */
  static List<Integer> numbers(String text) {
    PythonLiteral reader = new PythonLiteral(text);
    List<Integer> numbers = new ArrayList<>();
    if (Character.isDigit(reader.peek())) {
      numbers.add(reader.number());
      return numbers;
    }
    char open = reader.next();
    char close = Map.of('[', ']', '(', ')').getOrDefault(open, '\0');
    if (close == '\0') {
      throw reader.unexpected("a list of numbers");
    }
    while (reader.peek() != close) {
      numbers.add(reader.number());
      if (reader.peek() == ',') {
        reader.next();
      }
    }
    return numbers;
  }

  private int number() {
    int start = skipSpace();
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start || at - start > 9) {
      throw unexpected("a whole number");
    }
    return Integer.parseInt(text.substring(start, at));
  }

  private String string() {
    char quote = next();
    if (quote != '\'' && quote != '"') {
      throw unexpected("a quoted string");
    }
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      out.append(text.charAt(at++));
    }
    expect(quote);
    return out.toString();
  }

  private void expect(char c) {
    if (next() != c) {
      throw unexpected("'" + c + "'");
    }
  }

  private char peek() {
    skipSpace();
    if (at >= text.length()) {
      throw unexpected("more");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private int skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "found '%s', expected %s at %d".formatted(text, expected, at));
  }
}
