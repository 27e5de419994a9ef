package io.plateflow.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes tokens and passwords, and what is kept of tokens. */
final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Without those that look alike. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int PASSWORD_LENGTH = 16;

  private Secrets() {}

  /** 40 hexadecimal digits, the form that clients know: 160 random bits. */
  static String newToken() {
    byte[] bits = new byte[20];
    RANDOM.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  static String newPassword() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  /** Enough for a token, which nobody can guess; a password needs Argon2id. */
  static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
