package io.plateflow.connectors.camera.source;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClientFactory;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRecordSerializer;
import io.plateflow.connectors.camera.enumerator.CameraEnumerator;
import io.plateflow.connectors.camera.enumerator.CameraEnumeratorState;
import io.plateflow.connectors.camera.enumerator.CameraEnumeratorStateSerializer;
import io.plateflow.connectors.camera.reader.CameraReader;
import io.plateflow.connectors.camera.reader.FeedClock;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.connectors.camera.split.CameraSplitSerializer;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Frames of all cameras of a catalogue. A camera is read by the subtask that owns its key group, so
 * the stream is keyed by {@link CameraRecord#cameraId()} from the start ({@code
 * DataStreamUtils.reinterpretAsKeyedStream}), as long as the job's max parallelism is the one given
 * here.
 */
public final class FrameSource
    implements Source<CameraRecord, CameraSplit, CameraEnumeratorState>,
        SupportsSplitReassignmentOnRecovery,
        ResultTypeQueryable<CameraRecord> {

  private static final long serialVersionUID = 1L;

  private final CameraCatalog catalog;
  private final FrameSourceConfig config;
  private final CameraClientFactory clients;
  private final int maxParallelism;
  private final boolean bounded;

  FrameSource(
      CameraCatalog catalog,
      FrameSourceConfig config,
      CameraClientFactory clients,
      int maxParallelism,
      boolean bounded) {
    this.catalog = catalog;
    this.config = config;
    this.clients = clients;
    this.maxParallelism = maxParallelism;
    this.bounded = bounded;
  }

  public static FrameSourceBuilder builder() {
    return new FrameSourceBuilder();
  }

  @Override
  public Boundedness getBoundedness() {
    return bounded ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<CameraRecord, CameraSplit> createReader(SourceReaderContext context) {
    return new CameraReader(context, config, clients, FeedClock.SYSTEM, new SplittableRandom());
  }

  @Override
  public SplitEnumerator<CameraSplit, CameraEnumeratorState> createEnumerator(
      SplitEnumeratorContext<CameraSplit> context) {
    return enumerator(context, null);
  }

  @Override
  public SplitEnumerator<CameraSplit, CameraEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<CameraSplit> context, CameraEnumeratorState restored) {
    return enumerator(context, restored);
  }

  private CameraEnumerator enumerator(
      SplitEnumeratorContext<CameraSplit> context, @Nullable CameraEnumeratorState restored) {
    return new CameraEnumerator(
        context, catalog, config.catalogPollInterval(), maxParallelism, bounded, restored);
  }

  @Override
  public SimpleVersionedSerializer<CameraSplit> getSplitSerializer() {
    return CameraSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<CameraEnumeratorState> getEnumeratorCheckpointSerializer() {
    return CameraEnumeratorStateSerializer.INSTANCE;
  }

  @Override
  public TypeInformation<CameraRecord> getProducedType() {
    return CameraRecordSerializer.TYPE;
  }
}
