package io.plateflow.jobs.reads;

import java.util.Arrays;

/**
 * Records of one source that were captured in the same hour, by 64 bits of their ids.
 *
 * @param ids in ascending order
 * @param forgetAt wall clock in milliseconds
 */
public record KnownRecords(long[] ids, long forgetAt) {

  private static final long[] NONE = {};

  static final KnownRecords EMPTY = new KnownRecords(NONE, 0);

  boolean contains(long id) {
    return Arrays.binarySearch(ids, id) >= 0;
  }

  /**
   * @param id one that it does not contain
   */
  KnownRecords with(long id, long newForgetAt) {
    int index = -Arrays.binarySearch(ids, id) - 1;
    long[] more = new long[ids.length + 1];
    System.arraycopy(ids, 0, more, 0, index);
    more[index] = id;
    System.arraycopy(ids, index, more, index + 1, ids.length - index);
    return new KnownRecords(more, newForgetAt);
  }
}
