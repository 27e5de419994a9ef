package io.plateflow.jobs.privacy;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The pseudonym of a plate: {@code #} and 16 hexadecimal digits of its HMAC-SHA256 (RFC 2104) under
 * a secret key. The same plate has the same hash, as long as the key is the same; without the key
 * plates cannot be tried out. No plate has a {@code #}.
 */
public final class PlateHash {

  /** Environment variable of the process that does the work (on a cluster: the TaskManager). */
  public static final String KEY_VARIABLE = "PLATEFLOW_PLATE_KEY";

  /** 32 random characters of base64 are 192 bits. */
  static final int SHORTEST_KEY = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final char MARK = '#';
  private static final int BYTES = 8;

  private final Mac mac;

  private PlateHash(String key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }

  /**
   * @throws IllegalArgumentException where the environment holds no key that is long enough; the
   *     message does not repeat it
   */
  public static PlateHash fromEnvironment(Map<String, String> environment) {
    String key = environment.getOrDefault(KEY_VARIABLE, "").trim();
    if (key.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "privacy.hash-plates: found %d characters in the environment variable %s, expected %d or more"
              .formatted(key.length(), KEY_VARIABLE, SHORTEST_KEY));
    }
    return new PlateHash(key);
  }

  /** Used by one thread. */
  public String of(String plate) {
    byte[] digest = mac.doFinal(plate.getBytes(StandardCharsets.UTF_8));
    return MARK + HexFormat.of().formatHex(digest, 0, BYTES);
  }

  /** Opens the hash where an operator starts, so that the key is in no job graph or state. */
  @FunctionalInterface
  public interface Factory extends Serializable {
    PlateHash open();
  }
}
