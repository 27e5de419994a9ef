package io.plateflow.models.gemini;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.time.Instant;

/**
 * Where the buckets of a budget are kept. Its methods, and those of its buckets, throw {@link
 * io.github.bucket4j.BucketExceptions.BucketExecutionException} where they cannot be reached.
 */
public interface BucketSource extends AutoCloseable {

  /**
   * The bucket of that name, made full where there is none. Where its configuration is another one
   * it takes the new one and keeps its level.
   */
  Bucket bucket(String name, BucketConfiguration configuration);

  /** The time, by a clock that all who share the buckets agree on. */
  Instant now();

  @Override
  default void close() {}
}
