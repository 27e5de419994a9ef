package io.plateflow.connectors.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Rows that are written with one call.
 *
 * @param keys what each row is about
 * @param sources where each came from
 * @param elements each as a JSON object
 */
public record RowBatch(List<String> keys, List<String> sources, List<String> elements) {

  /** No text of Postgres can hold it, not even that of a report. */
  private static final char ZERO = '\0';

  static <T> RowBatch of(TableRows<T> rows, Collection<T> records) {
    RowBatch batch = new RowBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (T record : records) {
      batch.keys.add(printable(rows.key(record)));
      batch.sources.add(printable(rows.source(record)));
      batch.elements.add(rows.json(record));
    }
    return batch;
  }

  private static String printable(String text) {
    return text.replace(ZERO, '\uFFFD');
  }
}
