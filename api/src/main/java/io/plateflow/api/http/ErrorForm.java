package io.plateflow.api.http;

/** How one surface says no. */
@FunctionalInterface
public interface ErrorForm {
  Answer of(Refusal refusal);
}
