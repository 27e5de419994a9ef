package io.plateflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.config.ConfigFile;
import io.plateflow.clients.evidence.EvidenceConfig;
import io.plateflow.clients.evidence.PrivacyConfig;
import io.plateflow.clients.http.HttpConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.jobs.detect.MotionGateConfig;
import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.AlertConfig;
import io.plateflow.jobs.reading.ReadingConfig;
import io.plateflow.jobs.reads.ReadsConfig;
import io.plateflow.jobs.track.TrackingConfig;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.schemas.camera.CameraDefinition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Everything that can be set for the job: one component for each section of the file.
 *
 * @param cameras the catalogue: the file's own list, or another file that is watched for changes
 * @param gemini without a key where neither the file nor the environment has one
 * @param postgres without an address where the file names none
 * @param kafka alike
 * @param http for the service beside the job
 */
@RecordBuilder
public record JobConfig(
    @JsonIgnore CameraCatalog cameras,
    FrameSourceConfig source,
    DetectionConfig detection,
    MotionGateConfig motion,
    TrackingConfig tracking,
    ReadingConfig reading,
    ReadsConfig reads,
    GeminiConfig gemini,
    AlertConfig alerts,
    AccessConfig access,
    ParkingConfig parking,
    EvidenceConfig evidence,
    RetentionConfig retention,
    PrivacyConfig privacy,
    PostgresConfig postgres,
    KafkaConfig kafka,
    HttpConfig http,
    @JsonProperty("job") ExecutionConfig execution)
    implements JobConfigBuilder.With {

  /** Without cameras. */
  public static final JobConfig DEFAULT =
      new JobConfig(
          new StaticCameraCatalog(List.of()),
          FrameSourceConfig.DEFAULT,
          DetectionConfig.DEFAULT,
          MotionGateConfig.DEFAULT,
          TrackingConfig.DEFAULT,
          ReadingConfig.DEFAULT,
          ReadsConfig.DEFAULT,
          GeminiConfig.DEFAULT,
          AlertConfig.DEFAULT,
          AccessConfig.DEFAULT,
          ParkingConfig.DEFAULT,
          EvidenceConfig.DEFAULT,
          RetentionConfig.DEFAULT,
          PrivacyConfig.DEFAULT,
          PostgresConfig.DEFAULT,
          KafkaConfig.DEFAULT,
          HttpConfig.DEFAULT,
          ExecutionConfig.DEFAULT);

  /** The defaults with the given cameras, and Gemini's key of this process. */
  public static JobConfig of(List<CameraDefinition> cameras) {
    return JobFile.settings(
            ConfigFile.parse("cameras: []", "defaults", System::getenv), Path.of(""))
        .withCameras(new StaticCameraCatalog(cameras));
  }

  /**
   * @throws ConfigException that lists every problem of the file
   */
  public static JobConfig read(Path file) {
    ConfigFile read = ConfigFile.read(file);
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    return JobFile.settings(read, folder);
  }

  /** Of everything that is written to Kafka. */
  public DeliveryGuarantee delivery() {
    return DeliveryGuarantee.valueOf(kafka.delivery().name());
  }

  /** With these folders where the file names none. */
  public JobConfig withDefaultFolders(String pictures, String checkpoints) {
    JobConfig config = this;
    if (evidence.directory() == null) {
      config = config.withEvidence(evidence.withDirectory(pictures));
    }
    return execution.checkpointDirectory() == null
        ? config.withExecution(execution.withCheckpointDirectory(checkpoints))
        : config;
  }
}
