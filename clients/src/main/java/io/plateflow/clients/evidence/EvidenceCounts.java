package io.plateflow.clients.evidence;

/** Hears of what became of pictures; called by writers and by the task, so by several threads. */
public interface EvidenceCounts {

  void written(int bytes);

  /** A better picture came before this one was written. */
  void replaced();

  void retried();

  /** Given up after the last attempt. */
  void failed();

  /** The task stood still because too many pictures were waiting. */
  void waited(long millis);
}
