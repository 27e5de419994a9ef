package io.plateflow.models.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the Python literals that exporters write into metadata, {@code {0: 'car', 1: "bus"}}: apart
 * from tuples and escaped quotes they are YAML.
 */
final class MetadataLiteral {

  private static final YAMLMapper YAML = new YAMLMapper();

  private MetadataLiteral() {}

  /** A dict of numbers to strings, by number; a list of strings counts from 0. */
  static TreeMap<Integer, String> names(String text) {
    // YAML doubles a quote where Python escapes it.
    JsonNode node = parse(text, text.replaceAll("(?<!\\\\)\\\\'", "''"));
    TreeMap<Integer, String> names = new TreeMap<>();
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> names.put(key(text, entry.getKey()), string(text, entry.getValue())));
    } else if (node.isArray()) {
      node.forEach(element -> names.put(names.size(), string(text, element)));
    } else {
      throw unexpected(text, "a dict or a list of names");
    }
    return names;
  }

  /** Whole numbers of a list or tuple, or the one number that is there. */
  static List<Integer> numbers(String text) {
    JsonNode node = parse(text, text.replace('(', '[').replace(')', ']'));
    if (node.isInt()) {
      return List.of(node.intValue());
    }
    if (!node.isArray()) {
      throw unexpected(text, "a whole number or a list of them");
    }
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isInt()) {
        throw unexpected(text, "whole numbers");
      }
      numbers.add(element.intValue());
    }
    return numbers;
  }

  private static JsonNode parse(String text, String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "found '%s', expected a Python literal: %s".formatted(text, e.getOriginalMessage()), e);
    }
  }

  private static int key(String text, String key) {
    if (!key.matches("\\d{1,9}")) {
      throw unexpected(text, "whole numbers before the names");
    }
    return Integer.parseInt(key);
  }

  private static String string(String text, JsonNode node) {
    if (!node.isTextual()) {
      throw unexpected(text, "names in quotes");
    }
    return node.textValue();
  }

  private static IllegalArgumentException unexpected(String text, String expected) {
    return new IllegalArgumentException("found '%s', expected %s".formatted(text, expected));
  }
}
