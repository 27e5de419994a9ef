package io.plateflow.clients.corrections;

import io.plateflow.schemas.corrections.Correction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The archive of a job whose passes nobody corrects. */
public final class EmptyArchive implements CorrectionArchive {

  @Override
  public List<Correction> all() {
    return List.of();
  }

  @Override
  public @Nullable RecordedPass find(Correction correction) {
    return null;
  }

  @Override
  public @Nullable String plateOf(String passId) {
    return null;
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
