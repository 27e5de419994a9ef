package io.plateflow.jobs.enrich;

import io.plateflow.clients.lists.ListRecord;
import java.io.Serializable;
import java.util.List;

/**
 * Loads all lists when an operator starts, so that the first pass already meets them, however fast
 * the cameras are.
 */
@FunctionalInterface
public interface ListSnapshot extends Serializable {
  List<ListRecord> load();
}
