package io.plateflow.connectors.postgres;

import java.io.Serializable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/** Where a stream of records is written: more than one operator, and one name for them. */
@FunctionalInterface
public interface TableSink<T> extends Serializable {

  /**
   * Writes the stream, with its parallelism.
   *
   * @param uid of the operator that writes
   */
  DataStreamSink<?> append(DataStream<T> records, String uid, String name);
}
