package io.plateflow.connectors.camera.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

/** To the owning reader: the camera left the catalogue or was disabled. */
public record CameraRemoved(String cameraId) implements SourceEvent {}
