package io.plateflow.clients.retention;

import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.schemas.config.SpaceAmount;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How near a disk is to being full. */
public enum StorageLevel {
  OK,
  LOW,
  CRITICAL;

  private static final double LOW_SHARE = 0.1;
  private static final long LOW_BYTES = 20L << 30;
  private static final double BELOW_KEEP_FREE = 0.8;
  private static final int CRITICAL_PART = 4;

  /**
   * @param keepFree what is kept free by removing evidence, around which the disk stands for ever;
   *     null where nothing is
   */
  public static StorageLevel of(DiskSpace space, @Nullable SpaceAmount keepFree) {
    double low =
        keepFree == null
            ? Math.min(LOW_SHARE * space.total(), LOW_BYTES)
            : BELOW_KEEP_FREE * keepFree.bytes(space.total());
    if (space.free() >= low) {
      return OK;
    }
    return space.free() < low / CRITICAL_PART ? CRITICAL : LOW;
  }

  /** As tables have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
