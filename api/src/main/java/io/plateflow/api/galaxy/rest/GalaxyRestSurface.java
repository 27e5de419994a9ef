package io.plateflow.api.galaxy.rest;

import io.plateflow.api.access.Right;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.Surface;
import io.plateflow.api.recognition.UploadService;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.corrections.CorrectionProducer;
import io.plateflow.clients.evidence.FolderPictureStore;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.clients.postgres.PostgresPool;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations of Galaxy's REST API. */
public final class GalaxyRestSurface {

  private static final String NAME = "galaxy";

  private final List<Operation> operations = new ArrayList<>();

  private GalaxyRestSurface() {}

  /**
   * @param pictures the folder of evidence; null where it is no folder of this machine
   * @param database its place, without user and password
   */
  public static Surface of(
      UploadService uploads,
      PostgresPool postgres,
      String database,
      @Nullable FolderPictureStore pictures,
      CorrectionProducer corrections,
      PlateStatusProducer list,
      Clock clock) {
    GalaxyRestSurface galaxy = new GalaxyRestSurface();
    EvidencePictures evidence = new EvidencePictures(pictures);
    PassForms forms = new PassForms(evidence);
    PassOperations passes = new PassOperations(new PassQueries(postgres), forms);
    EditQueries edits = new EditQueries(postgres);
    PlaceQueries places = new PlaceQueries(postgres);
    ListOperations lists = new ListOperations(edits, list, clock);
    galaxy.detect(new DetectOperation(uploads, places, evidence, corrections, clock));
    galaxy.passes(passes, evidence);
    galaxy.statistics(new StatisticOperations(new StatisticQueries(postgres), database, clock));
    galaxy.edits(
        new EditOperations(passes, forms, edits, places, lists, corrections, clock), lists);
    galaxy.places(new PlaceOperations(places));
    return new Surface(
        NAME,
        List.of(
            "/api",
            "/detect",
            "/detect_image",
            "/detections",
            "/latest_detection",
            "/outputs",
            "/static"),
        RestErrors::of,
        galaxy.operations);
  }

  private void detect(DetectOperation detect) {
    for (String path : List.of("/detect/image", "/detect_image")) {
      operations.add(new Operation("POST", path, Right.RECOGNIZE, true, reachable(detect::answer)));
    }
  }

  private void passes(PassOperations passes, EvidencePictures evidence) {
    read("/detections", passes::list);
    read("/api/detection/latest", passes::latest);
    read("/latest_detection", passes::latest);
    read("/api/vehicles/{vehicle_id}", passes::vehicle);
    read("/api/plates/{plate_id}", passes::plate);
    read("/api/sessions/{session_id}", passes::session);
    read("/outputs/{path...}", evidence::answer);
    read("/static/{path...}", evidence::answer);
  }

  private void statistics(StatisticOperations statistics) {
    read("/api/plate/regions", statistics::regions);
    read("/api/plate/regions/summary", statistics::regionSummary);
    read("/api/plate/region/{code}", statistics::region);
    read(StatisticOperations.PREFIX + "/dashboard", statistics::dashboard);
    read(StatisticOperations.PREFIX + "/vehicle-distribution", statistics::vehicles);
    read(StatisticOperations.PREFIX + "/detection-trend", statistics::trend);
    read(StatisticOperations.PREFIX + "/hourly-activity", statistics::hours);
    read(StatisticOperations.PREFIX + "/plate-types", statistics::plateTypes);
    read(StatisticOperations.PREFIX + "/regions", statistics::regionCounts);
    read(StatisticOperations.PREFIX + "/status", statistics::status);
  }

  private void edits(EditOperations edits, ListOperations lists) {
    write("PATCH", "/api/plates/{plate_id}", edits::changePlate);
    write("DELETE", "/api/plates/{plate_id}", edits::deletePlate);
    write("PUT", "/api/vehicles/{vehicle_id}", edits::changeVehicle);
    write("DELETE", "/api/vehicles/{vehicle_id}", edits::deleteVehicle);
    write("PUT", "/api/sessions/{session_id}", edits::changeSession);
    read("/api/plate-status", lists::all);
    write("POST", "/api/plate-status", lists::add);
    write("POST", "/api/plate-status/sync-all", lists::sync);
    write("POST", "/api/plate-status-sync/{id}", lists::sync);
    write("DELETE", "/api/plate-status/{plate_text}", lists::remove);
  }

  private void places(PlaceOperations places) {
    read("/api/locations/", places::all);
    read("/api/locations/types", places::types);
    read("/api/locations/{location_id}", places::one);
    write("POST", "/api/locations/", places::add);
    write("PUT", "/api/locations/{location_id}", places::change);
    write("DELETE", "/api/locations/{location_id}", places::delete);
  }

  private void read(String path, Operation.Handling handling) {
    operations.add(new Operation("GET", path, Right.READ, false, reachable(handling)));
  }

  private void write(String method, String path, Operation.Handling handling) {
    operations.add(new Operation(method, path, Right.WRITE, false, reachable(handling)));
  }

  private static Operation.Handling reachable(Operation.Handling handling) {
    return exchange -> {
      try {
        return handling.answer(exchange);
      } catch (ClientException e) {
        throw Refusal.because(
            Refusal.Kind.UNAVAILABLE, "The tables or topics cannot be reached at the moment.", e);
      }
    };
  }
}
