package io.plateflow.clients.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://cars.example/1.jpg, http://cars.example/1.jpg",
    "'  HTTPS://cars.example:8443/a?b=c#d ', HTTPS://cars.example:8443/a?b=c",
    "http://[2606:4700::1]/x, http://[2606:4700::1]/x",
    "http://cars.example/машина.jpg, http://cars.example/%D0%BC%D0%B0%D1%88%D0%B8%D0%BD%D0%B0.jpg",
  })
  void addressesOfTheWebAreTaken(String text, String expected) {
    assertThat(WebAddress.parse(text)).isEqualTo(URI.create(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://cars.example/1.jpg, 'ftp:'",
    "file:///etc/passwd, 'file:'",
    "gopher://127.0.0.1:6379/_x, 'gopher:'",
    "jar:http://cars.example!/x, 'jar:'",
    "cars.example/1.jpg, ''':'''",
    "'', ''':'''",
    "http:///1.jpg, host",
    "http://127.1/, host",
    "http://0x7f.0.0.1/, host",
    "http://0177.0.0.1:99999/, host",
    "http://cars.example:0/, host",
    "http://bad_host!/, host",
    "http://admin:secret@cars.example/, password",
    "http://cars.example\\@10.0.0.1/, valid",
    "http://cars.example/a b, valid",
  })
  void nothingElseIs(String text, String said) {
    assertThatThrownBy(() -> WebAddress.parse(text))
        .isInstanceOf(WebException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("secret");
  }

  @Test
  void longOnesAreNot() {
    assertThatThrownBy(() -> WebAddress.parse("http://a.example/" + "x".repeat(5_000)))
        .hasMessage("Found an address of 5017 characters, expected at most 4000.");
  }

  @ParameterizedTest
  @CsvSource({
    "/b, https://cars.example:1/b",
    "c?d, https://cars.example:1/a/c?d",
    "//other.example/x, https://other.example/x",
    "http://other.example/, http://other.example/",
  })
  void redirectsAreRelative(String location, String expected) {
    assertThat(WebAddress.redirected(URI.create("https://cars.example:1/a/b"), location))
        .isEqualTo(URI.create(expected));
  }

  @Test
  void redirectsLeadToTheWeb() {
    URI from = URI.create("http://cars.example/");

    assertThatThrownBy(() -> WebAddress.redirected(from, "file:///etc/passwd"))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("file:");
    assertThatThrownBy(() -> WebAddress.redirected(from, null)).isInstanceOf(WebException.class);
  }
}
