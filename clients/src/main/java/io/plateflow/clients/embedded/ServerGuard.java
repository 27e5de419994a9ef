package io.plateflow.clients.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell that waits beside a Postgres and ends it when this process is gone without having done
 * so, as after {@code kill -9}: else it would run on and hold its port.
 */
final class ServerGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);

  /**
   * Arguments: our process, the server's, its pid file. By the time we are gone the folder may have
   * a next server, which is not ours to stop. Ctrl-C reaches the whole group and must not end the
   * wait.
   */
  private static final String WAIT_AND_STOP =
      "trap '' INT TERM HUP; while kill -0 \"$1\" 2>/dev/null; do sleep 2; done;"
          + " [ \"$(head -n 1 \"$3\")\" = \"$2\" ] && kill -INT \"$2\"";

  /** Null where there is no shell. */
  private final @Nullable Process shell;

  private ServerGuard(@Nullable Process shell) {
    this.shell = shell;
  }

  /** Without a shell there is none; the server then runs on after a kill until it is stopped. */
  static ServerGuard over(Path pidFile) {
    try {
      return new ServerGuard(
          new ProcessBuilder(
                  "/bin/sh",
                  "-c",
                  WAIT_AND_STOP,
                  "plateflow-postgres-guard",
                  Long.toString(ProcessHandle.current().pid()),
                  Files.readAllLines(pidFile).get(0).strip(),
                  pidFile.toString())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      LOG.debug("No shell to guard {}", pidFile, e);
      return new ServerGuard(null);
    }
  }

  @Override
  public void close() {
    if (shell != null) {
      shell.destroyForcibly();
    }
  }
}
