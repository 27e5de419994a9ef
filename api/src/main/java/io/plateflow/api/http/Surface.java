package io.plateflow.api.http;

import java.util.List;

/**
 * One contract.
 *
 * @param prefixes where its paths begin; what is below and not there is refused in its form
 */
public record Surface(
    String name, List<String> prefixes, ErrorForm errors, List<Operation> operations) {

  public Surface {
    prefixes = List.copyOf(prefixes);
    operations = List.copyOf(operations);
  }

  boolean owns(String path) {
    return prefixes.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
  }
}
