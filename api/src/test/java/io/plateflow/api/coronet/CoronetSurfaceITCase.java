package io.plateflow.api.coronet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.api.testing.Multipart;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class CoronetSurfaceITCase {

  private static final Contract CONTRACT = new Contract("coronet");
  private static final String HOSTILE = "<img src=x onerror=\"alert('1')\">, \"O'Brien\" & =1+1";

  @TempDir static Path pictures;

  private static ApiFixture api;
  private static byte[] car;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) {
    api = new ApiFixture(postgres, kafka, pictures);
    car = Clip.car();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void empty() {
    api.query("DELETE FROM registros");
  }

  /** A browser with a session of its own, signed in as its user would be. */
  private static Connection browser() {
    return Jsoup.newSession()
        .header("Authorization", "Token " + api.token())
        .timeout(60_000)
        .ignoreHttpErrors(true);
  }

  private static Connection at(Connection browser, String path) {
    return browser.newRequest(api.uri(path).toString());
  }

  private static Document submit(Connection browser, byte[] picture, String... fields)
      throws IOException {
    FormElement form = at(browser, "/coronet").get().expectForm("form");
    Connection submit = form.submit();
    for (int i = 0; i < fields.length; i += 2) {
      submit.data(fields[i]).value(fields[i + 1]);
    }
    // A browser sends an empty file where none was chosen.
    submit
        .data("imagen")
        .value(picture == null ? "" : "coche.jpg")
        .inputStream(new ByteArrayInputStream(picture == null ? new byte[0] : picture));
    return submit.execute().parse();
  }

  private static void save(String... texts) {
    Multipart form = new Multipart().file("imagen", "coche.jpg", "image/jpeg", car);
    for (int i = 0; i < texts.length; i += 2) {
      form.text(texts[i], texts[i + 1]);
    }
    assertThat(api.send(form.on(api.request("/coronet/guardar"))).statusCode()).isEqualTo(302);
  }

  /** The download, by a reader of its own. */
  private static List<Map<String, String>> csv() throws IOException {
    HttpResponse<byte[]> answer = api.send(api.request("/coronet/descargar").build());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(answer.body())) {
      return rows.readAll();
    }
  }

  @Test
  void aBrowserRegistersAVehicleAndSeesItInTheTable() throws Exception {
    Connection browser = browser();

    Document after =
        submit(
            browser,
            car,
            "propietario",
            "Ana Núñez",
            "tipo_vehiculo",
            "Automóvil",
            "observacion",
            "portón 7");

    assertThat(after.location()).isEqualTo(api.uri("/coronet/").toString());
    assertThat(after.select("div.flash.flash--ok").text())
        .isEqualTo("✅ Registro guardado correctamente");
    Document records = at(browser, after.select("nav a").last().attr("href")).get();
    assertThat(records.select(".flash")).as("shown once").isEmpty();
    assertThat(records.select("tbody tr")).hasSize(1);
    assertThat(records.select("tbody td").eachText())
        .contains(Clip.PLATE, "Ana Núñez", "Automóvil", "portón 7");

    Element thumbnail = records.selectFirst("tbody img");
    assertThat(thumbnail.attr("src"))
        .matches("/coronet/uploads/matricula_\\d{8}_\\d{6}(_\\d+)?\\.jpg");
    HttpResponse<byte[]> picture = api.send(api.request(thumbnail.attr("src")).build());
    assertThat(picture.body()).isEqualTo(car);
    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");

    // What it showed is a pass like any other.
    assertThat(api.query("SELECT surface FROM uploads u JOIN registros r ON r.upload_id = u.id"))
        .isEqualTo("coronet");
    assertThat(
            api.query(
                "SELECT accepted_at IS NOT NULL AND cardinality(session_ids) > 0 FROM uploads"
                    + " ORDER BY id DESC LIMIT 1"))
        .isEqualTo("t");

    Document deleted = at(browser, records.selectFirst("td.act a").attr("href")).get();
    assertThat(deleted.location()).endsWith("/coronet/registros");
    assertThat(deleted.select("div.flash.flash--ok").text())
        .isEqualTo("Registro eliminado correctamente");
    assertThat(deleted.select("tbody tr")).isEmpty();
    assertThat(api.send(api.request(thumbnail.attr("src")).build()).statusCode()).isEqualTo(404);
  }

  @Test
  void withoutAPictureTheFormSaysSo() throws Exception {
    Document none = submit(browser(), null, "propietario", "Ana");
    assertThat(none.select("div.flash.flash--error").text()).isEqualTo("⚠️ Debes subir una imagen");

    Document text = submit(browser(), "no es una imagen".getBytes(StandardCharsets.UTF_8));
    assertThat(text.select("div.flash.flash--error").text())
        .isEqualTo("⚠️ El archivo no es una imagen que se pueda leer");

    assertThat(api.query("SELECT count(*) FROM registros")).isEqualTo("0");
    for (HttpRequest request :
        List.of(
            api.request("/coronet/guardar").POST(BodyPublishers.noBody()).build(),
            api.request("/coronet/guardar")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("propietario=Ana"))
                .build(),
            new Multipart().file("foto", "a.jpg", null, car).on(api.request("/guardar")))) {
      HttpResponse<byte[]> answer = api.send(request);
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location")).hasValue("/coronet/");
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
          .contains("no_picture", "HttpOnly", "SameSite=Lax");
    }
  }

  @Test
  void messagesWaitTogetherUntilAPageShowsThem() throws Exception {
    Connection browser = browser().followRedirects(false);
    at(browser, "/coronet/eliminar/1").execute();
    at(browser, "/eliminar/2").execute();

    Document page = at(browser, "/registros").get();

    assertThat(page.select("div.flash--ok")).hasSize(2);
    assertThat(at(browser, "/coronet").get().select(".flash")).isEmpty();
  }

  @Test
  void aForgedCookiePutsNoWordsIntoThePage() {
    HttpResponse<byte[]> page =
        api.send(
            api.request("/coronet/")
                .header("Cookie", "a=b; coronet_session=<b>hola</b>.saved.x; c")
                .build());

    Document document = Jsoup.parse(new String(page.body(), StandardCharsets.UTF_8));
    assertThat(document.select(".flash").eachText())
        .containsExactly("✅ Registro guardado correctamente");
    assertThat(document.text()).doesNotContain("hola");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
  }

  @Test
  void textsOfOthersAreTextsInThePageAndWholeInTheCsv() throws Exception {
    String lines = "una\r\ndos\ttres \u2028 € 🚗";
    HttpResponse<byte[]> saved =
        api.send(
            new Multipart()
                .text("propietario", HOSTILE)
                .text("tipo_vehiculo", "</td></table><script>alert(1)</script>")
                .text("observacion", lines)
                .file("imagen", "..\\..//%2e%2e%00<b>'.svg", "image/svg+xml", car)
                .on(api.request("/coronet/guardar")));
    assertThat(saved.statusCode()).isEqualTo(302);

    Document page = at(browser(), "/coronet/registros").get();
    assertThat(page.select("script, img[onerror], b")).isEmpty();
    assertThat(page.select("tbody td").eachText())
        .contains(HOSTILE, "</td></table><script>alert(1)</script>");
    Map<String, String> row = csv().get(0);
    assertThat(row)
        .containsEntry("propietario", HOSTILE)
        .containsEntry("tipo_vehiculo", "</td></table><script>alert(1)</script>")
        .containsEntry("observacion", lines)
        .containsEntry("matricula", Clip.PLATE);
  }

  @Test
  void theDownloadIsExactlyTheOriginals() throws Exception {
    save("propietario", "Ana", "observacion", "a,b");
    save();

    HttpResponse<byte[]> answer = api.send(api.request("/descargar").build());

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=registros.csv");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .matches(
            """
            id,fecha_hora,matricula,propietario,tipo_vehiculo,observacion,imagen\r
            \\d+,\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,B1876KJR,Ana,,"a,b",matricula_\\d{8}_\\d{6}\\.jpg\r
            \\d+,\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,B1876KJR,,,,matricula_\\d{8}_\\d{6}(_\\d)?\\.jpg\r
            """);
    assertThat(csv()).extracting(row -> row.get("imagen")).doesNotHaveDuplicates();
  }

  @Test
  void picturesOfOneSecondHaveNamesOfTheirOwn() throws Exception {
    List.of(1, 2, 3, 4).parallelStream().forEach(i -> save("observacion", "n" + i));

    assertThat(csv()).hasSize(4).extracting(row -> row.get("imagen")).doesNotHaveDuplicates();
    assertThat(csv()).extracting(row -> row.get("id")).doesNotHaveDuplicates();
  }

  @Test
  void whatShowsNoPlateIsKeptWithoutOne() throws Exception {
    byte[] grey =
        Files.readAllBytes(Path.of("../models/src/test/resources/pictures/progressive.jpg"));

    submit(browser(), grey);

    assertThat(csv()).singleElement().extracting("matricula").isEqualTo("NO_DETECTADA");
  }

  @Test
  void idsAreNeverUsedAgain() throws Exception {
    save();
    String first = csv().get(0).get("id");
    assertThat(api.send(api.request("/eliminar/" + first).build()).statusCode()).isEqualTo(302);
    save();

    assertThat(Long.parseLong(csv().get(0).get("id"))).isGreaterThan(Long.parseLong(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999999", "abc", "-1", "99999999999999999999999", "%3Cb%3E"})
  void unknownRecordsAreDeletedAllTheSame(String id) throws Exception {
    save();

    HttpResponse<byte[]> answer = api.send(api.request("/coronet/eliminar/" + id).build());

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("/coronet/registros");
    assertThat(csv()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|Sec-Fetch-Site|same-origin|302",
        "GET|Sec-Fetch-Site|none|302",
        "GET|Sec-Fetch-Site|same-site|403",
        "GET|Sec-Fetch-Site|cross-site|403",
        "GET|Referer|HERE/coronet/registros|302",
        "GET|Referer|http://elsewhere.example/|403",
        "GET|Referer|http://127.0.0.1:1/|403",
        "GET|Referer|not an address|403",
        "POST|Origin|HERE|302",
        "POST|Origin|null|403",
        "GET|Sec-Purpose|prefetch;prerender|403",
        "GET|Accept|text/html|302",
        "POST|Accept|text/html|302"
      })
  void onlyItsOwnPagesMayDelete(String method, String header, String value, int status)
      throws Exception {
    save();
    String path = "/coronet/eliminar/" + csv().get(0).get("id");
    String here = api.uri("/").toString().replaceAll("/$", "");

    HttpResponse<byte[]> answer =
        api.send(
            api.request(path)
                .header(header, value.replace("HERE", here))
                .method(method, BodyPublishers.noBody())
                .build());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(csv()).hasSize(status == 302 ? 0 : 1);
  }

  @Test
  void lookingWhereALinkLeadsDeletesNothing() throws Exception {
    save();
    String path = "/eliminar/" + csv().get(0).get("id");

    HttpResponse<byte[]> head =
        api.send(api.request(path).method("HEAD", BodyPublishers.noBody()).build());

    assertThat(head.statusCode()).isEqualTo(302);
    assertThat(csv()).hasSize(1);
  }

  @Test
  void aTokenWithoutTheRightDeletesNothing() throws Exception {
    save();
    String path = "/coronet/eliminar/" + csv().get(0).get("id");
    api.query("UPDATE api_tokens SET rights = '{recognize,read}'");
    try {
      // A token is believed for a moment.
      HttpRequest request =
          api.anonymous(path).header("Authorization", "bearer " + api.token()).build();
      HttpResponse<byte[]> answer = api.send(request);

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("No está permitido");
    } finally {
      api.query("UPDATE api_tokens SET rights = '{recognize,read,write,admin}'");
    }
    assertThat(csv()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/coronet/uploads/nada.jpg",
        "/uploads/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/uploads/a%00.jpg",
        "/coronet/uploads/a/b.jpg",
        "/coronet/nada"
      })
  void otherPicturesAreNotThere(String path) {
    HttpResponse<byte[]> answer = api.send(api.request(path).build());

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).doesNotContain("root:");
  }

  @Test
  void manyRecordsHavePages() throws Exception {
    api.query(
        """
        INSERT INTO registros (at, matricula, propietario, tipo_vehiculo, observacion, imagen)
        SELECT now(), 'AA' || n, '', '', '', 'm' || n FROM generate_series(1, 1001) n
        """);
    Connection browser = browser();

    Document first = at(browser, "/coronet/registros").get();
    assertThat(first.select("tbody tr")).hasSize(500);
    assertThat(first.selectFirst("td.plate").text()).isEqualTo("AA1001");
    assertThat(first.select("tbody img")).as("pictures that are gone").isEmpty();
    Document second = at(browser, first.selectFirst(".pages a").attr("href")).get();
    Document third = at(browser, second.select(".pages a").last().attr("href")).get();

    assertThat(third.select("tbody tr")).hasSize(1);
    assertThat(third.selectFirst("td.plate").text()).isEqualTo("AA1");
    assertThat(third.select(".pages a")).hasSize(1);
    assertThat(at(browser, "/coronet/registros?pagina=x").get().select("tbody tr")).hasSize(500);
    assertThat(csv()).hasSize(1001);
  }

  @Test
  void refusalsArePages() {
    HttpResponse<byte[]> anonymous = api.send(api.anonymous("/coronet/registros").build());
    assertThat(anonymous.statusCode()).isEqualTo(401);
    assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Basic realm=\"plateflow\"");
    assertThat(anonymous.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");

    HttpResponse<byte[]> large =
        api.send(
            new Multipart()
                .file("imagen", "a.jpg", "image/jpeg", new byte[(20 << 20) + 1])
                .on(api.request("/coronet/guardar")));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(new String(large.body(), StandardCharsets.UTF_8))
        .contains("Es demasiado grande", "20 MB");

    HttpResponse<byte[]> method =
        api.send(api.request("/guardar").method("PUT", BodyPublishers.noBody()).build());
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void pagesRunNoScriptsAndFitInNoFrame() {
    HttpResponse<byte[]> page = api.send(api.request("/coronet/").build());

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void everyOperationOfTheDocumentIsThereWithItsStatuses() throws Exception {
    save();
    String imagen = csv().get(0).get("imagen");
    assertThat(CONTRACT.operations()).hasSize(13);
    for (String operation : CONTRACT.operations()) {
      String[] parts = operation.split(" ");
      String path = parts[1].replace("{id}", "0").replace("{filename}", imagen);
      HttpResponse<byte[]> refused =
          api.send(api.anonymous(path).method(parts[0], BodyPublishers.noBody()).build());
      assertThat(refused.statusCode()).as(operation).isEqualTo(401);
      HttpResponse<byte[]> answered =
          api.send(api.request(path).method(parts[0], BodyPublishers.noBody()).build());
      assertThat(answered.statusCode()).as(operation).isIn(200, 302);
      assertThat(CONTRACT.statuses(parts[0], parts[1]))
          .as(operation)
          .contains(Integer.toString(answered.statusCode()), "401", "405", "431", "500", "503");
    }
  }
}
