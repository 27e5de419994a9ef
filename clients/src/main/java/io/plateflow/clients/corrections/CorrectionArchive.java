package io.plateflow.clients.corrections;

import io.plateflow.clients.ClientException;
import io.plateflow.schemas.corrections.Correction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of corrections for good, and of the passes they are about. */
public interface CorrectionArchive extends AutoCloseable {

  /**
   * Every correction that was ever made; of those of erased passes only that there was one.
   *
   * @throws ClientException when the archive is away
   */
  List<Correction> all();

  /**
   * The pass that a correction is about, or null where it is not known.
   *
   * @throws ClientException when the archive is away
   */
  @Nullable RecordedPass find(Correction correction);

  /**
   * The plate of a pass as it is now, or null where it has none.
   *
   * @throws ClientException when the archive is away
   */
  @Nullable String plateOf(String passId);

  @Override
  void close();
}
