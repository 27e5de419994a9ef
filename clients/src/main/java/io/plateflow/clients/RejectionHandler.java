package io.plateflow.clients;

import io.plateflow.schemas.frame.RejectedRecord;
import java.io.Serializable;
import org.slf4j.LoggerFactory;

/**
 * Receives the records that a sink's store refuses for their content. Serialized to the tasks with
 * its sink; the first record opens it.
 */
@FunctionalInterface
public interface RejectionHandler extends Serializable {

  void reject(RejectedRecord record);

  /** Returns when all rejections so far are stored; called before a checkpoint completes. */
  default void flush() {}

  default void close() {}

  /** Only logs the rejections. */
  static RejectionHandler logging() {
    return record ->
        LoggerFactory.getLogger(RejectionHandler.class)
            .warn(
                "Rejected: source={} position={} kind={} reason={}",
                record.source(),
                record.position(),
                record.kind(),
                record.reason());
  }
}
