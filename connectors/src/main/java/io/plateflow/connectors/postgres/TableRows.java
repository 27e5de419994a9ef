package io.plateflow.connectors.postgres;

import java.io.Serializable;

/** How records of one kind become rows. */
interface TableRows<T> extends Serializable {

  /** The function of the migrations that writes a JSON array of them, all or nothing. */
  String writer();

  /** {@code pass}, {@code plate-status}: the kind under which a refused record is reported. */
  String kind();

  /** What a record is about: of two records with the same key in a batch, the later one counts. */
  String key(T record);

  /** Where it came from, as reported when it is refused. */
  String source(T record);

  /** The record as an element of the array. */
  String json(T record);
}
