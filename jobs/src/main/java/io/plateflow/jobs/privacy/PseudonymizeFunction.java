package io.plateflow.jobs.privacy;

import java.io.Serializable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Pseudonymizes the plates of outgoing records; operators before it see the plates themselves. */
public final class PseudonymizeFunction<T> extends RichMapFunction<T, T> {

  private static final long serialVersionUID = 1L;

  private final PlateHash.Factory hashes;
  private final Rule<T> rule;
  private transient PlateHash hash;

  /** Pseudonymizes one kind of record. */
  @FunctionalInterface
  public interface Rule<T> extends Serializable {
    T hide(T record, PlateHash hash);
  }

  public PseudonymizeFunction(PlateHash.Factory hashes, Rule<T> rule) {
    this.hashes = hashes;
    this.rule = rule;
  }

  @Override
  public void open(OpenContext context) {
    hash = hashes.open();
  }

  @Override
  public T map(T record) {
    return rule.hide(record, hash);
  }
}
