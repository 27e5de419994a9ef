package io.plateflow.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** An OpenAPI document that answers are held against. */
public final class Contract {

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;

  public Contract(String name) {
    String path = "/openapi/" + name + ".yaml";
    try (InputStream yaml = Contract.class.getResourceAsStream(path)) {
      document = new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its operations: {@code POST /v1/plate-reader/}. */
  public List<String> operations() {
    List<String> operations = new ArrayList<>();
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> operations.add(method.toUpperCase() + " " + path.getKey())));
    return operations;
  }

  /** The statuses that an operation may have. */
  public List<String> statuses(String method, String path) {
    List<String> statuses = new ArrayList<>();
    responses(method, path).fieldNames().forEachRemaining(statuses::add);
    return statuses;
  }

  /** The body of an answer, which is one that the document allows. */
  public JsonNode check(String method, String path, HttpResponse<byte[]> answer) {
    String status = Integer.toString(answer.statusCode());
    assertThat(statuses(method, path)).as("documented statuses").contains(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode response = resolved(responses(method, path).path(status));
    JsonNode body = read(answer.body());
    check(response.at("/content/application~1json/schema"), body);
    return body;
  }

  /** An answer of another server that the document allows, too. */
  public void checkAnswer(String method, String path, int status, JsonNode body) {
    JsonNode response = resolved(responses(method, path).path(Integer.toString(status)));
    check(response.at("/content/application~1json/schema"), body);
  }

  /** A request that the document allows. */
  public void checkRequest(String method, String path, String mediaType, JsonNode body) {
    check(
        operation(method, path).path("requestBody").path("content").path(mediaType).path("schema"),
        body);
  }

  private void check(JsonNode schema, JsonNode body) {
    assertThat(schema.isObject()).as("the document has a schema").isTrue();
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    assertThat(SCHEMAS.getSchema(whole).validate(body)).as("%s", body).isEmpty();
  }

  private JsonNode responses(String method, String path) {
    return operation(method, path).path("responses");
  }

  private JsonNode operation(String method, String path) {
    JsonNode operation = document.path("paths").path(path).path(method.toLowerCase());
    assertThat(operation.isObject()).as("%s %s is documented", method, path).isTrue();
    return operation;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
