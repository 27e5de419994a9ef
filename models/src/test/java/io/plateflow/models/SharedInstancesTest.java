package io.plateflow.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedInstancesTest {

  private final List<String> closed = new ArrayList<>();
  private final SharedInstances<String, String> instances = new SharedInstances<>(closed::add);

  @Test
  void isClosedBehindItsLastUserOnce() {
    SharedInstances.Lease<String> one = instances.acquire("key", () -> "first");
    SharedInstances.Lease<String> other = instances.acquire("key", () -> "second");
    assertThat(other.value()).isEqualTo("first");

    one.close();
    one.close();
    assertThat(closed).isEmpty();
    other.close();
    assertThat(closed).containsExactly("first");
  }

  @Test
  void isOpenedAgainAfterItWasClosed() {
    instances.acquire("key", () -> "first").close();
    assertThat(instances.acquire("key", () -> "second").value()).isEqualTo("second");
  }

  @Test
  void whatCannotBeOpenedIsTriedAgain() {
    assertThatThrownBy(
            () ->
                instances.acquire(
                    "key",
                    () -> {
                      throw new ModelException("no such file");
                    }))
        .isInstanceOf(ModelException.class);
    assertThat(instances.acquire("key", () -> "there").value()).isEqualTo("there");
  }

  @Test
  void anInstanceOfOnesOwnIsNotShared() {
    try (SharedInstances.Lease<String> own = instances.own("own")) {
      assertThat(instances.acquire(own.value(), () -> "other").value()).isEqualTo("other");
    }
    assertThat(closed).containsExactly("own");
  }
}
