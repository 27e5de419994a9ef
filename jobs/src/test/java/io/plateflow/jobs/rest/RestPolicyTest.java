package io.plateflow.jobs.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultHttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpMethod;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestPolicyTest {

  private static final String JOB = "/jobs/0123456789abcdef0123456789abcdef";
  private static final RestPolicy POLICY =
      new RestPolicy(new HostNames(List.of("Flink.Example")), RestAccess.ALL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8081",
        "localhost:8081",
        "LOCALHOST",
        "[::1]:8081",
        "10.0.0.7",
        "flink.example:80"
      })
  void answersToItsNames(String host) {
    assertThat(POLICY.refusal(request("GET", "/overview", "Host", host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8081",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8081",
        "localhost@evil.example",
        "127.0.0.1:8081:80",
        "[::1].evil.example",
        ""
      })
  void refusesOtherNames(String host) {
    assertThat(POLICY.refusal(request("GET", "/overview", "Host", host)))
        .hasValueSatisfying(why -> assertThat(why).contains("Host [" + host + "]"));
  }

  @Test
  void refusesNoHostAndTwo() {
    assertThat(POLICY.refusal(request("GET", "/overview"))).isPresent();
    assertThat(
            POLICY.refusal(
                request("GET", "/overview", "Host", "localhost", "Host", "evil.example")))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8081, true",
    "https://127.0.0.1:8081, true",
    "http://127.0.0.1:3000, false",
    "http://localhost:8081, false",
    "http://127.0.0.1:8081.evil.example, false",
    "http://evil.example, false",
    "null, false",
  })
  void answersItsOwnPagesOnly(String origin, boolean answered) {
    HttpRequest request = request("GET", "/overview", "Host", "127.0.0.1:8081", "Origin", origin);
    assertThat(POLICY.refusal(request).isEmpty()).isEqualTo(answered);
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, empty, /overview, true",
    "none, document, /overview, true",
    "cross-site, document, /, true",
    "same-site, document, /, true",
    "cross-site, iframe, /, false",
    "cross-site, image, /overview, false",
    "same-site, empty, /overview, false",
    "cross-site, document, /jobs/1/yarn-cancel, false",
  })
  void letsOtherSitesLinkToTheStartPageOnly(
      String site, String destination, String path, boolean answered) {
    HttpRequest request =
        request(
            "GET",
            path,
            "Host",
            "localhost",
            "Sec-Fetch-Site",
            site,
            "Sec-Fetch-Dest",
            destination);
    assertThat(POLICY.refusal(request).isEmpty()).isEqualTo(answered);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /overview, true, true",
    "HEAD, /, true, true",
    "GET, /jobs/overview, true, true",
    "GET, /jars, false, false",
    "GET, /v1/jars/x/plan, false, false",
    "POST, /jars/upload, false, false",
    "POST, /jars/x/run, false, false",
    "DELETE, /jars/x, false, false",
    "POST, /jobs, false, false",
    "POST, /v1/jobs, false, false",
    "DELETE, /cluster, false, false",
    "DELETE, /datasets/x, false, false",
    "POST, /savepoint-disposal, false, false",
    "POST, /jobmanager/profiler, false, false",
    "POST, /applications/x/cancel, false, false",
    "TRACE, /overview, false, false",
    "GET, {job}, true, true",
    "GET, {job}/yarn-cancel, false, false",
    "GET, /v1{job}/yarn%2Dstop?x=1, false, false",
    "GET, /{job}//yarn-stop/, false, false",
    "PUT, {job}/resource-requirements, false, false",
    "PATCH, {job}/rescaling, false, false",
    "POST, {job}/coordinators/x, false, false",
    "POST, {job}/savepoints, false, true",
    "POST, /v1{job}/stop, false, true",
    "POST, {job}/checkpoints, false, true",
    "PATCH, {job}?mode=cancel, false, true",
  })
  void tellsLookingFromOperatingAndTheRest(
      String method, String path, boolean readable, boolean operable) {
    HttpRequest request = request(method, path.replace("{job}", JOB), "Host", "localhost:8081");
    HostNames hosts = HostNames.LOCAL;
    assertThat(new RestPolicy(hosts, RestAccess.READ).refusal(request).isEmpty())
        .isEqualTo(readable);
    assertThat(new RestPolicy(hosts, RestAccess.OPERATE).refusal(request).isEmpty())
        .isEqualTo(operable);
    assertThat(new RestPolicy(hosts, RestAccess.ALL).refusal(request)).isEmpty();
  }

  private static HttpRequest request(String method, String uri, String... headers) {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), uri);
    for (int i = 0; i < headers.length; i += 2) {
      request.headers().add(headers[i], headers[i + 1]);
    }
    return request;
  }
}
