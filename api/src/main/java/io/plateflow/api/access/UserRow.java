package io.plateflow.api.access;

import java.time.Instant;

/**
 * A user without the password.
 *
 * @param role {@code operator}, {@code admin} or {@code super_admin}
 * @param locked whether too many wrong passwords were tried lately
 */
public record UserRow(
    long id, String name, String role, boolean disabled, boolean locked, Instant createdAt) {}
