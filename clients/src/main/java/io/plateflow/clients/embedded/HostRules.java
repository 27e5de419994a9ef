package io.plateflow.clients.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A server's pg_hba.conf: who may connect from where, and how they show who they are. */
record HostRules(Path path) {

  private static final Pattern TRUST = Pattern.compile("(?m)^\\s*(local|host\\w*)\\s.*\\btrust\\b");
  private static final String PASSWORDS_ONLY =
      """
      # Written by Plateflow over rules that trusted every user of this machine.
      local  all  all                scram-sha-256
      host   all  all  127.0.0.1/32  scram-sha-256
      host   all  all  ::1/128       scram-sha-256
      """;

  /** Whether anybody is let in without a password; false where there is no server yet. */
  boolean trust() throws IOException {
    return Files.exists(path) && TRUST.matcher(Files.readString(path)).find();
  }

  void askForPasswords() throws IOException {
    Files.writeString(path, PASSWORDS_ONLY);
  }
}
