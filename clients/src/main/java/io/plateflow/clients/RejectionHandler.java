package io.plateflow.clients;

import io.plateflow.schemas.frame.RejectedRecord;
import java.io.Serializable;
import org.slf4j.LoggerFactory;

/**
 * Where a sink hands the records that its store refuses for their own content. A handler is sent to
 * the tasks with its sink and opened there by its first record.
 */
@FunctionalInterface
public interface RejectionHandler extends Serializable {

  void reject(RejectedRecord record);

  /** Waits until everything handed over so far is safe; called before a checkpoint completes. */
  default void flush() {}

  default void close() {}

  /** Says it in the log and nowhere else. */
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
