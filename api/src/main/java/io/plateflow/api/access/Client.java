package io.plateflow.api.access;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param id {@code token:ID}, {@code user:ID}, or {@code open}
 * @param lastFour the end of its token; empty where there is none
 * @param monthlyQuota recognitions a month; null for any number
 * @param rate pictures a second; null for what all have
 */
public record Client(
    String id,
    String lastFour,
    Set<Right> rights,
    @Nullable Integer monthlyQuota,
    @Nullable Integer rate) {

  /** Everybody, where nobody is asked for a credential. */
  public static final Client OPEN = new Client("open", "", EnumSet.allOf(Right.class), null, null);

  public Client {
    rights = Set.copyOf(rights);
  }
}
