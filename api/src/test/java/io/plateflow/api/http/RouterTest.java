package io.plateflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

  private static final ErrorForm ERRORS =
      refusal -> Answer.json(refusal.kind().status(), JsonNodeFactory.instance.objectNode());

  private static final Surface OWN =
      new Surface("own", List.of("/"), ERRORS, List.of(operation("GET", "/")));
  private static final Surface OTHER =
      new Surface(
          "other",
          List.of("/v1"),
          ERRORS,
          List.of(
              operation("POST", "/v1/read/"),
              operation("GET", "/v1/files/{path...}"),
              operation("GET", "/v1/things/{id}"),
              operation("DELETE", "/v1/things/{id}")));
  private static final Router ROUTER = new Router(List.of(OWN, OTHER));

  private static Operation operation(String method, String path) {
    return new Operation(
        method,
        path,
        null,
        false,
        exchange -> Answer.json(200, JsonNodeFactory.instance.objectNode()));
  }

  private static String found(String method, String path) {
    Router.Route route = ROUTER.route(method, path);
    return route == null || route.operation() == null ? null : route.operation().name();
  }

  @Test
  void theLastSlashMakesNoDifference() {
    assertThat(found("POST", "/v1/read")).isEqualTo("POST /v1/read/");
    assertThat(found("POST", "/v1/read/")).isEqualTo("POST /v1/read/");
    assertThat(found("GET", "/")).isEqualTo("GET /");
    assertThat(found("GET", "/v1/things/7/")).isEqualTo("GET /v1/things/{id}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/read//", "//v1/read", "/V1/read", "/v1/things", "/v1/things/7/8", "x"})
  void otherPathsAreNotThere(String path) {
    assertThat(ROUTER.route("POST", path)).isNull();
  }

  @Test
  void theLastVariableMayStandForSeveralSegments() {
    assertThat(found("GET", "/v1/files/a")).isEqualTo("GET /v1/files/{path...}");
    assertThat(found("GET", "/v1/files/a/b/c.jpg")).isEqualTo("GET /v1/files/{path...}");
    assertThat(found("GET", "/v1/files")).isNull();
  }

  @Test
  void otherMethodsAreNotAllowed() {
    Router.Route route = ROUTER.route("TRACE", "/v1/things/7");

    assertThat(route.operation()).isNull();
    assertThat(route.surface()).isSameAs(OTHER);
    assertThat(route.allowed()).containsExactly("DELETE", "GET", "HEAD");
  }

  @Test
  void headIsAnsweredAsGet() {
    assertThat(found("HEAD", "/")).isEqualTo("GET /");
    assertThat(found("HEAD", "/v1/read")).isNull();
  }

  @Test
  void refusalsBelongToTheSurfaceOfTheirPath() {
    assertThat(ROUTER.owner("/v1/blur")).isSameAs(OTHER);
    assertThat(ROUTER.owner("/v1")).isSameAs(OTHER);
    assertThat(ROUTER.owner("/v10")).isSameAs(OWN);
  }
}
