package io.plateflow.schemas.event;

/** How events are written to Kafka. */
public enum EventEncoding {
  /** Avro single-object encoding: a marker, the schema's fingerprint, the record. */
  AVRO("application/avro"),
  /** One JSON object with the schema's field names and ISO times. */
  JSON("application/json");

  private final String contentType;

  EventEncoding(String contentType) {
    this.contentType = contentType;
  }

  /** The value of the record header {@code content-type}. */
  public String contentType() {
    return contentType;
  }
}
