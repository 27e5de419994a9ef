package io.plateflow.connectors.camera.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * From the reader: a file or folder was read to its end. A finished subtask reports no splits after
 * a recovery; without this the file would be read again.
 */
public record CameraEnded(String cameraId) implements SourceEvent {}
