package io.plateflow.clients.embedded;

import io.plateflow.clients.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** A password that nobody chose and only the user of this machine who owns the folder can read. */
record PasswordFile(Path path) {

  private static final int BYTES = 24;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The password; made where the file is missing. */
  String readOrCreate() {
    try {
      if (!Files.exists(path)) {
        create();
      }
      Files.setPosixFilePermissions(path, OWNER_ONLY);
      String password = Files.readString(path).strip();
      if (password.isEmpty()) {
        throw new ClientException(
            "Password file is empty: found no text in %s, expected the password".formatted(path));
      }
      return password;
    } catch (IOException e) {
      throw new ClientException("Cannot read or make the password file " + path, e);
    }
  }

  boolean exists() {
    return Files.exists(path);
  }

  private void create() throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Files.createDirectories(path.getParent());
    // Whole or not at all, and never readable for others: made so by createTempFile.
    Path whole = Files.createTempFile(path.getParent(), "password", ".new");
    Files.writeString(whole, password + "\n");
    Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
