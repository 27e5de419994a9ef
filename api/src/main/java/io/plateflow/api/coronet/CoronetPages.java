package io.plateflow.api.coronet;

import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The pages: plain HTML without scripts, in Spanish. */
final class CoronetPages {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #17212b; --soft: #5b6773; --paper: #ffffff; --ground: #eef1f4;
        --line: #d7dde3; --accent: #0b5cad; --ok: #146c43; --ok-ground: #dff3e7; --bad: #a1261b; --bad-ground: #fde6e3; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9aa7b4; --paper: #1a222b;
        --ground: #10161c; --line: #323e4a; --accent: #6cb1ff; --ok: #7fd8a7; --ok-ground: #12351f;
        --bad: #ff9d92; --bad-ground: #43190f; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--ground); color: var(--ink);
        font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
      header { background: var(--paper); border-bottom: 1px solid var(--line); }
      header div, main { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
      header div { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; min-height: 3.5rem; }
      header strong { font-size: 1.1rem; margin-right: auto; }
      nav { display: flex; gap: 1.25rem; }
      a { color: var(--accent); }
      nav a { text-decoration: none; padding: .25rem 0; }
      nav a[aria-current] { color: var(--ink); font-weight: 600; border-bottom: 2px solid var(--accent); }
      main { padding-top: 1.5rem; padding-bottom: 3rem; }
      h1 { font-size: 1.5rem; margin: 0; }
      .open { background: var(--bad-ground); color: var(--bad); padding: .5rem 1.25rem; text-align: center; }
      .flash { border-left: 4px solid; border-radius: .375rem; padding: .75rem 1rem; margin: 0 0 1.25rem; }
      .flash--ok { background: var(--ok-ground); color: var(--ok); }
      .flash--error { background: var(--bad-ground); color: var(--bad); }
      .card { background: var(--paper); border: 1px solid var(--line); border-radius: .625rem; padding: 1.5rem; }
      form.card { max-width: 34rem; display: grid; gap: 1.1rem; }
      label { display: grid; gap: .3rem; font-weight: 600; }
      label small { font-weight: 400; color: var(--soft); }
      input { font: inherit; color: inherit; width: 100%; padding: .55rem .7rem; background: var(--ground);
        border: 1px solid var(--line); border-radius: .375rem; }
      input[type=file] { padding: .8rem .7rem; border-style: dashed; }
      input:focus-visible, a:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
      button, .button { display: inline-block; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
        color: var(--paper); background: var(--accent); border: 0; border-radius: .375rem; padding: .6rem 1.2rem; }
      .head { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between;
        margin-bottom: 1rem; }
      .table { overflow-x: auto; padding: 0; }
      table { width: 100%; border-collapse: collapse; }
      th, td { text-align: left; vertical-align: middle; padding: .6rem .8rem; border-bottom: 1px solid var(--line); }
      tr:last-child td { border-bottom: 0; }
      th { font-size: .8rem; color: var(--soft); text-transform: uppercase; letter-spacing: .03em; white-space: nowrap; }
      td { overflow-wrap: anywhere; min-width: 5rem; }
      td.id, td.when, td.plate, td.act { overflow-wrap: normal; white-space: nowrap; min-width: 0; }
      td.id, td.when { color: var(--soft); font-variant-numeric: tabular-nums; }
      td.plate { font-weight: 700; letter-spacing: .04em; }
      td.plate.none { font-weight: 400; color: var(--soft); letter-spacing: 0; }
      td.note { max-width: 20rem; white-space: pre-line; }
      td img { display: block; width: 7rem; height: 4.5rem; object-fit: cover; border-radius: .375rem;
        background: var(--ground); }
      td.act a { color: var(--bad); }
      .empty { padding: 3rem 1.5rem; text-align: center; color: var(--soft); }
      .pages { display: flex; justify-content: space-between; margin-top: 1rem; }
      """;

  private static final String POLICY =
      "default-src 'none'; img-src 'self'; style-src 'sha256-%s'; form-action 'self';"
              .formatted(hash())
          + " base-uri 'none'; frame-ancestors 'none'";

  private final DateTimeFormatter time;
  private final boolean open;

  /**
   * @param zone of the times that pages show
   * @param open whether everybody may do everything
   */
  CoronetPages(ZoneId zone, boolean open) {
    this.time = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT).withZone(zone);
    this.open = open;
  }

  /** The form. */
  Answer form(CoronetMount mount, List<Flash> flashes) {
    return page(
        200,
        mount,
        "Registrar vehículo",
        flashes,
        """
        <div class="head"><h1>Registrar vehículo</h1></div>
        <form class="card" action="%s" method="POST" enctype="multipart/form-data">
          <label>Imagen <small>Foto en la que se vea la matrícula: JPEG, PNG, WebP o BMP, hasta 20 MB</small>
            <input type="file" name="imagen" accept="image/*"></label>
          <label>Propietario <input type="text" name="propietario" autocomplete="off"></label>
          <label>Tipo de vehículo <input type="text" name="tipo_vehiculo" list="tipos" autocomplete="off"></label>
          <datalist id="tipos"><option value="Automóvil"><option value="Motocicleta"><option value="Camioneta"><option
            value="Camión"><option value="Autobús"></datalist>
          <label>Observación <input type="text" name="observacion" autocomplete="off"></label>
          <div><button type="submit">Guardar registro</button></div>
        </form>
        """
            .formatted(mount.path("/guardar")));
  }

  /**
   * The records.
   *
   * @param page from 1
   * @param more whether there are older ones
   */
  Answer records(
      CoronetMount mount, List<Flash> flashes, List<Registro> registros, int page, boolean more) {
    StringBuilder body = new StringBuilder(1_000 + 500 * registros.size());
    body.append(
        """
        <div class="head"><h1>Registros</h1><a class="button" href="%s">Descargar CSV</a></div>
        """
            .formatted(mount.path("/descargar")));
    if (registros.isEmpty()) {
      body.append("<div class=\"card empty\">Todavía no hay registros.</div>\n");
    } else {
      body.append(
          """
          <div class="card table"><table>
          <thead><tr><th>ID</th><th>Imagen</th><th>Fecha</th><th>Matrícula</th><th>Propietario</th><th>Tipo</th>\
          <th>Obs.</th><th></th></tr></thead>
          <tbody>
          """);
      registros.forEach(registro -> row(body, mount, registro));
      body.append("</tbody></table></div>\n");
    }
    if (page > 1 || more) {
      body.append("<div class=\"pages\"><span>");
      if (page > 1) {
        body.append(link(mount.path("/registros") + "?pagina=" + (page - 1), "← Más recientes"));
      }
      body.append("</span><span>");
      if (more) {
        body.append(link(mount.path("/registros") + "?pagina=" + (page + 1), "Más antiguos →"));
      }
      body.append("</span></div>\n");
    }
    return page(200, mount, "Registros", flashes, body.toString());
  }

  private void row(StringBuilder body, CoronetMount mount, Registro registro) {
    String picture = mount.path("/uploads/") + escaped(registro.imagen());
    body.append("<tr><td class=\"id\">").append(registro.id()).append("</td><td>");
    if (registro.pictured()) {
      body.append("<a href=\"").append(picture).append("\"><img src=\"").append(picture);
      body.append("\" alt=\"")
          .append(escaped(registro.imagen()))
          .append("\" loading=\"lazy\"></a>");
    } else {
      body.append("—");
    }
    boolean none = registro.matricula().equals(Matricula.NONE);
    body.append("</td><td class=\"when\">").append(time.format(registro.at()));
    body.append("</td><td class=\"plate").append(none ? " none" : "").append("\">");
    body.append(escaped(registro.matricula()));
    body.append("</td><td>").append(escaped(registro.propietario()));
    body.append("</td><td>").append(escaped(registro.tipoVehiculo()));
    body.append("</td><td class=\"note\">").append(escaped(registro.observacion()));
    body.append("</td><td class=\"act\">");
    body.append(link(mount.path("/eliminar/") + registro.id(), "Eliminar")).append("</td></tr>\n");
  }

  /** What a refusal looks like. */
  Answer refused(Refusal refusal) {
    int status = refusal.kind().status();
    String title =
        switch (refusal.kind()) {
          case NO_CREDENTIAL, WRONG_CREDENTIAL -> "Hay que identificarse";
          case LOCKED -> "Demasiadas contraseñas equivocadas";
          case FORBIDDEN -> "No está permitido";
          case NO_CREDITS -> "No quedan reconocimientos este mes";
          case NOT_FOUND -> "No se ha encontrado";
          case METHOD_NOT_ALLOWED -> "Este método no se admite aquí";
          case TIMEOUT -> "La petición no llegó entera";
          case CONFLICT -> "No se puede hacer ahora";
          case TOO_LARGE -> "Es demasiado grande";
          case HEADERS_TOO_LARGE, BAD_REQUEST -> "La petición no es válida";
          case THROTTLED, BUSY -> "Hay demasiadas peticiones";
          case UNAVAILABLE -> "El servicio no está disponible";
          case INTERNAL -> "Error interno";
        };
    Duration later = refusal.retryAfter();
    String hint =
        switch (refusal.kind()) {
          case TOO_LARGE -> "Una imagen puede tener hasta 20 MB.";
          case LOCKED, UNAVAILABLE -> "Inténtalo de nuevo en unos minutos.";
          default -> later == null ? "" : "Inténtalo de nuevo en unos segundos.";
        };
    CoronetMount mount = CoronetMount.FOLDER;
    Answer page =
        page(
            status,
            mount,
            title,
            List.of(),
            "<div class=\"card\"><h1>%s</h1><p>%s</p><p>%s</p></div>\n"
                .formatted(title, hint, link(mount.index(), "Volver al formulario")));
    // Browsers then ask.
    return status == 401
        ? page.withHeader("WWW-Authenticate", "Basic realm=\"plateflow\", charset=\"UTF-8\"")
        : page;
  }

  private Answer page(
      int status, CoronetMount mount, String title, List<Flash> flashes, String body) {
    StringBuilder html = new StringBuilder(STYLE.length() + body.length() + 1_000);
    html.append("<!DOCTYPE html>\n<html lang=\"es\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>").append(title).append(" · CoroNet</title>\n<style>").append(STYLE);
    html.append("</style>\n</head>\n<body>\n");
    if (open) {
      html.append(
          "<div class=\"open\">Abierto para pruebas: cualquiera que llegue aquí puede hacerlo todo,");
      html.append(" sin clave.</div>\n");
    }
    html.append("<header><div><strong>CoroNet · Lector de matrículas</strong><nav>");
    html.append(tab(mount.index(), "Registrar", title.equals("Registrar vehículo")));
    html.append(tab(mount.path("/registros"), "Registros", title.equals("Registros")));
    html.append("</nav></div></header>\n<main>\n");
    for (Flash flash : flashes) {
      html.append("<div class=\"flash flash--").append(flash.category()).append("\">");
      html.append(flash.text()).append("</div>\n");
    }
    html.append(body).append("</main>\n</body>\n</html>\n");
    return Answer.text(status, "text/html", html.toString())
        .withHeader("Content-Security-Policy", POLICY)
        .withHeader("Referrer-Policy", "same-origin");
  }

  private static String tab(String href, String text, boolean here) {
    return "<a href=\"%s\"%s>%s</a>".formatted(href, here ? " aria-current=\"page\"" : "", text);
  }

  private static String link(String href, String text) {
    return "<a href=\"%s\">%s</a>".formatted(href, text);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String hash() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
