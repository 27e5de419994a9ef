package io.plateflow.clients.evidence;

/**
 * Evidence metrics: written, replaced, retried, failed, no room, waited. Called by several threads.
 */
public interface EvidenceCounts {

  void written(int bytes);

  /** A better picture came before this one was written. */
  void replaced();

  void retried();

  /** A picture was given up after its last attempt. */
  void failed();

  /** It was given up because the disk is full. */
  void outOfSpace();

  /** The task was blocked because the queue was full. */
  void waited(long millis);
}
