package io.plateflow.api.access;

import io.plateflow.api.access.DeniedException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id in the usual text form; few at a time, since each takes 19 MB. */
final class Passwords {

  private static final int MEMORY_KB = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int LENGTH = 32;
  private static final int AT_ONCE = 2;

  /** Guessing many at a time must not hold up everybody else for long. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final SecureRandom random = new SecureRandom();
  private final Semaphore room = new Semaphore(AT_ONCE, true);

  String hash(String password) throws DeniedException {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KB,
            ITERATIONS,
            LANES,
            base64.encodeToString(salt),
            base64.encodeToString(derived(password, salt, MEMORY_KB, ITERATIONS, LANES)));
  }

  boolean matches(String password, String hash) throws DeniedException {
    Matcher parts = FORM.matcher(hash);
    if (!parts.matches()) {
      throw new IllegalStateException("A stored password is no Argon2id hash");
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] derived =
        derived(
            password,
            salt,
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    return MessageDigest.isEqual(expected, derived);
  }

  /** Takes as long as for a user that there is, so that nobody can ask who there is. */
  void matchesNobody(String password) throws DeniedException {
    derived(password, new byte[16], MEMORY_KB, ITERATIONS, LANES);
  }

  private void enter() throws DeniedException {
    try {
      if (!room.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DeniedException(Reason.RATE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeniedException(Reason.RATE);
    }
  }

  private byte[] derived(String password, byte[] salt, int memory, int iterations, int lanes)
      throws DeniedException {
    enter();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withSalt(salt)
              .withMemoryAsKB(memory)
              .withIterations(iterations)
              .withParallelism(lanes)
              .build());
      byte[] out = new byte[LENGTH];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
      return out;
    } finally {
      room.release();
    }
  }
}
