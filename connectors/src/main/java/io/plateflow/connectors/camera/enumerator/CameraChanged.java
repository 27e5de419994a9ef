package io.plateflow.connectors.camera.enumerator;

import io.plateflow.schemas.camera.CameraDefinition;
import org.apache.flink.api.connector.source.SourceEvent;

/** To the owning reader: the camera's configuration changed. */
public record CameraChanged(CameraDefinition camera) implements SourceEvent {}
