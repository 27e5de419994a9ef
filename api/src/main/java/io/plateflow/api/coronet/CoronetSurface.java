package io.plateflow.api.coronet;

import io.plateflow.api.access.Right;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Form;
import io.plateflow.api.http.FormLimits;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.Surface;
import io.plateflow.api.http.UploadedFile;
import io.plateflow.api.recognition.AcceptedUpload;
import io.plateflow.api.recognition.ConfidentReads;
import io.plateflow.api.recognition.PictureType;
import io.plateflow.api.recognition.StillOptions;
import io.plateflow.api.recognition.Upload;
import io.plateflow.api.recognition.UploadService;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.PostgresPool;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** CoroNet's operations. */
public final class CoronetSurface {

  private static final String NAME = "coronet";
  private static final String PICTURE = "imagen";
  private static final String NO_NAME = "imagen.jpg";
  private static final FormLimits LIMITS = new FormLimits(1, Set.of());
  private static final StillOptions ANY_COUNTRY = new StillOptions(List.of(), null, false);
  private static final int PAGE = 500;

  private final UploadService uploads;
  private final RegistroTable registros;
  private final CoronetPages pages;
  private final ZoneId zone;
  private final Clock clock;

  private CoronetSurface(
      UploadService uploads, PostgresPool postgres, Clock clock, ZoneId zone, boolean open) {
    this.uploads = uploads;
    this.registros = new RegistroTable(postgres, zone);
    this.pages = new CoronetPages(zone, open);
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * @param zone of the times in records
   * @param open whether everybody may do everything, which every page then says
   */
  public static Surface of(
      UploadService uploads, PostgresPool postgres, Clock clock, ZoneId zone, boolean open) {
    CoronetSurface coronet = new CoronetSurface(uploads, postgres, clock, zone, open);
    List<Operation> operations = new ArrayList<>();
    operations.add(
        new Operation(
            "GET",
            CoronetMount.FOLDER.path("/"),
            Right.RECOGNIZE,
            false,
            exchange -> coronet.form(CoronetMount.FOLDER, exchange)));
    for (CoronetMount mount : CoronetMount.values()) {
      operations.addAll(coronet.operations(mount));
    }
    return new Surface(
        NAME,
        List.of("/coronet", "/guardar", "/registros", "/eliminar", "/descargar", "/uploads"),
        coronet.pages::refused,
        operations);
  }

  private List<Operation> operations(CoronetMount mount) {
    String delete = mount.path("/eliminar/{id}");
    return List.of(
        new Operation("POST", mount.path("/guardar"), Right.RECOGNIZE, true, e -> save(mount, e)),
        new Operation("GET", mount.path("/registros"), Right.READ, false, e -> list(mount, e)),
        new Operation("GET", delete, Right.WRITE, false, e -> delete(mount, e)),
        new Operation("POST", delete, Right.WRITE, false, e -> delete(mount, e)),
        new Operation("GET", mount.path("/uploads/{filename}"), Right.READ, false, this::picture),
        new Operation("GET", mount.path("/descargar"), Right.READ, false, this::download));
  }

  private Answer form(CoronetMount mount, Exchange exchange) {
    List<Flash> flashes = Flash.waiting(exchange);
    return shown(pages.form(mount, flashes), flashes);
  }

  private Answer save(CoronetMount mount, Exchange exchange) {
    SameOrigin.require(exchange);
    if (!exchange.hasForm()) {
      return redirect(exchange, mount.index(), Flash.NO_PICTURE);
    }
    Form form = exchange.form(LIMITS);
    UploadedFile file = form.file(PICTURE);
    // Browsers send an empty file where none was chosen.
    if (file == null || file.bytes().length == 0) {
      return redirect(exchange, mount.index(), Flash.NO_PICTURE);
    }
    Instant now = clock.instant();
    AcceptedUpload accepted;
    try {
      accepted =
          uploads.accept(
              new Upload(
                  NAME,
                  exchange.client(),
                  PICTURE,
                  null,
                  file.name().isEmpty() ? NO_NAME : file.name(),
                  now,
                  file.bytes()),
              ANY_COUNTRY,
              ConfidentReads.USUAL);
    } catch (Refusal e) {
      if (e.kind() == Refusal.Kind.BAD_REQUEST) {
        return redirect(exchange, mount.index(), Flash.UNREADABLE);
      }
      throw e;
    }
    stored(
        () -> {
          registros.add(
              now,
              Matricula.of(accepted.kept()),
              text(form, "propietario"),
              text(form, "tipo_vehiculo"),
              text(form, "observacion"),
              accepted.id());
          return accepted;
        });
    return redirect(exchange, mount.index(), Flash.SAVED);
  }

  /** As it came; empty where it did not. */
  private static String text(Form form, String name) {
    String text = form.text(name);
    return text == null ? "" : text;
  }

  private Answer list(CoronetMount mount, Exchange exchange) {
    String asked = exchange.query().text("pagina");
    int page = asked != null && asked.matches("[1-9]\\d{0,5}") ? Integer.parseInt(asked) : 1;
    List<Registro> found = stored(() -> registros.page(PAGE + 1, (long) PAGE * (page - 1)));
    boolean more = found.size() > PAGE;
    List<Flash> flashes = Flash.waiting(exchange);
    List<Registro> shown = more ? found.subList(0, PAGE) : found;
    return shown(pages.records(mount, flashes, shown, page, more), flashes);
  }

  private Answer delete(CoronetMount mount, Exchange exchange) {
    SameOrigin.require(exchange);
    String id = exchange.variable("id");
    // Whoever looks where the link leads has not followed it.
    if (!exchange.isHead() && id.matches("\\d{1,18}")) {
      stored(
          () -> {
            registros.delete(Long.parseLong(id));
            return id;
          });
    }
    return redirect(exchange, mount.path("/registros"), Flash.DELETED);
  }

  private Answer picture(Exchange exchange) {
    String name = exchange.variable("filename");
    byte @Nullable [] picture =
        name.indexOf('\0') >= 0
            ? null
            : stored(() -> registros.uploadOf(name))
                .map(upload -> uploads.picture(upload, exchange::need))
                .orElse(null);
    // Its name says JPEG always.
    PictureType type = picture == null ? null : PictureType.of(picture);
    if (picture == null || type == null) {
      throw Refusal.of(Refusal.Kind.NOT_FOUND, "Not found.");
    }
    return new Answer(200, type.mediaType(), picture, Map.of());
  }

  private Answer download(Exchange exchange) {
    RegistroCsv csv = new RegistroCsv(zone, exchange::need);
    stored(
        () -> {
          registros.forEach(csv::add);
          return csv;
        });
    return new Answer(
        200,
        "text/csv; charset=utf-8",
        csv.bytes(),
        Map.of("Content-Disposition", "attachment; filename=registros.csv"));
  }

  private static <T> T stored(Supplier<T> work) {
    try {
      return work.get();
    } catch (ClientException e) {
      throw Refusal.because(
          Refusal.Kind.UNAVAILABLE, "The records are not there at the moment.", e);
    }
  }

  private static Answer shown(Answer page, List<Flash> flashes) {
    return flashes.isEmpty() ? page : page.withHeader("Set-Cookie", Flash.noCookie());
  }

  private static Answer redirect(Exchange exchange, String to, Flash flash) {
    return Answer.text(302, "text/html", "<!DOCTYPE html><a href=\"%s\">%s</a>\n".formatted(to, to))
        .withHeader("Location", to)
        .withHeader("Set-Cookie", flash.cookieAfter(Flash.waiting(exchange)));
  }
}
