package io.plateflow.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the operation of a method and path; the last slash of a path makes no difference. */
final class Router {

  /** Of a last segment that stands for all that are left, one at least. */
  static final String REST_ENDING = "...}";

  /**
   * @param operation null where the method is not allowed
   * @param allowed methods of the path
   */
  record Route(Surface surface, @Nullable Operation operation, List<String> allowed) {}

  private record Entry(Surface surface, Operation operation, List<String> segments) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Surface> surfaces;
  private final Surface rest;

  /**
   * @param surfaces the first is the one of paths that no other owns
   */
  Router(List<Surface> surfaces) {
    this.surfaces = List.copyOf(surfaces);
    this.rest = surfaces.get(0);
    for (Surface surface : surfaces) {
      for (Operation operation : surface.operations()) {
        entries.add(new Entry(surface, operation, segments(operation.path())));
      }
    }
  }

  /** Null where there is no such path. */
  @Nullable Route route(String method, String path) {
    List<String> segments = segments(path);
    // What is answered without its body is answered as if it were asked for with it.
    String wanted = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> allowed = new TreeSet<>();
    Surface owner = rest;
    for (Entry entry : entries) {
      if (fits(entry.segments(), segments)) {
        if (entry.operation().method().equals(wanted)) {
          return new Route(entry.surface(), entry.operation(), List.of());
        }
        owner = entry.surface();
        allowed.add(entry.operation().method());
      }
    }
    if (allowed.isEmpty()) {
      return null;
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return new Route(owner, null, List.copyOf(allowed));
  }

  /** Whose form a refusal has that is no operation's. */
  Surface owner(String path) {
    return surfaces.stream().filter(s -> s.owns(path)).findFirst().orElse(rest);
  }

  private static boolean fits(List<String> pattern, List<String> segments) {
    boolean open = !pattern.isEmpty() && pattern.get(pattern.size() - 1).endsWith(REST_ENDING);
    if (open ? segments.size() < pattern.size() : segments.size() != pattern.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      if (!pattern.get(i).startsWith("{") && !pattern.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  static List<String> segments(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    if (inner.endsWith("/")) {
      inner = inner.substring(0, inner.length() - 1);
    }
    return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
  }
}
