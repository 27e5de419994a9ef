package io.plateflow.api.recognition;

/** What is wanted of a picture. */
public enum StillScope {
  /** Vehicles, plates and their texts. */
  ALL,
  /** Vehicles; no plates are sought. */
  VEHICLES,
  /** Vehicles and plates, which are not read. */
  PLATES,
  /** The text of the plate that the whole picture is; nothing is sought. */
  ONE_PLATE
}
