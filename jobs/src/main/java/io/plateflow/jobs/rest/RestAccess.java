package io.plateflow.jobs.rest;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What Flink's REST interface lets its callers do. */
public enum RestAccess {
  /** Looks only: nothing that runs, stops or changes anything. */
  READ,

  /** Beside that savepoints, checkpoints and stopping of jobs that run; no code comes in. */
  OPERATE,

  /** Whatever Flink's own options allow. */
  ALL;

  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

  /** Parts of paths that do something although they are only asked for. */
  private static final Set<String> ACTING = Set.of("yarn-cancel", "yarn-stop", "jars");

  private static final Pattern TRIGGERS =
      Pattern.compile("(/v\\d+)?/jobs/[0-9a-f]{32}/(savepoints|checkpoints|stop)");
  private static final Pattern JOB = Pattern.compile("(/v\\d+)?/jobs/[0-9a-f]{32}");

  /**
   * @param path decoded, without the query
   */
  boolean allows(String method, String path) {
    if (this == ALL) {
      return true;
    }
    if (LOOKING.contains(method)) {
      return List.of(path.split("/")).stream().noneMatch(ACTING::contains);
    }
    return this == OPERATE
        && switch (method) {
          case "POST" -> TRIGGERS.matcher(path).matches();
          case "PATCH" -> JOB.matcher(path).matches();
          default -> false;
        };
  }
}
