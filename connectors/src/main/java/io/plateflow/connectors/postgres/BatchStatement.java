package io.plateflow.connectors.postgres;

import java.io.Serializable;

/**
 * How records of one kind reach the tables: one statement takes a batch as a JSON array and writes
 * all of it or nothing.
 */
interface BatchStatement<T> extends Serializable {

  /** With one parameter, the array. */
  String sql();

  /** What a record is about: of two records with the same key in a batch, the later one counts. */
  String key(T record);

  /** The record as an element of the array. */
  String json(T record);

  /** {@code pass}, {@code plate-status}: the kind under which a refused record is reported. */
  String kind();

  /** Where it came from, as reported when it is refused. */
  String source(T record);
}
