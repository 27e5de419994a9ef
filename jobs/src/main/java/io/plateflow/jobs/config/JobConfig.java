package io.plateflow.jobs.config;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.clients.camera.YamlCameraCatalog;
import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.config.ConfigSection;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.jobs.detect.MotionGateConfig;
import io.plateflow.jobs.evidence.EvidenceConfig;
import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.privacy.PrivacyConfig;
import io.plateflow.jobs.track.ReadingPolicy;
import io.plateflow.jobs.track.TrackRejoining;
import io.plateflow.jobs.track.TrackingConfig;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.motion.MotionConfig;
import io.plateflow.models.onnx.Device;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.event.EventEncoding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Everything that can be set, out of one YAML file. All problems of a file are reported at once.
 *
 * @param cameras the catalogue: the file's own list, or another file that is watched for changes
 * @param postgres null where the file names no database
 * @param kafka null where the file names no broker
 * @param gemini without a key where neither the file nor the environment has one
 * @param delivery of alerts and passes to Kafka
 */
public record JobConfig(
    CameraCatalog cameras,
    FrameSourceConfig source,
    DetectionConfig detection,
    MotionGateConfig motion,
    ReadingConfig reading,
    GeminiConfig gemini,
    TrackingConfig tracking,
    double matchTolerance,
    EvidenceConfig evidence,
    RetentionConfig retention,
    PrivacyConfig privacy,
    PostgresConfig postgres,
    KafkaConfig kafka,
    DeliveryGuarantee delivery,
    ParkingConfig parking,
    ExecutionConfig execution) {

  /** The defaults with the given cameras. */
  public static JobConfig of(List<CameraDefinition> cameras) {
    ConfigSection empty = ConfigSection.parse("cameras: []", "defaults", name -> null);
    return parse(empty, Path.of("")).withCameras(new StaticCameraCatalog(cameras));
  }

  /**
   * @throws ConfigException that lists every problem of the file
   */
  public static JobConfig read(Path file) {
    return parse(ConfigSection.read(file), file.toAbsolutePath().getParent());
  }

  /**
   * @param folder where relative paths start
   * @throws ConfigException that lists every problem
   */
  static JobConfig parse(ConfigSection root, Path folder) {
    CameraCatalog cameras = cameras(root, folder);
    FrameSourceConfig source = FrameSourceConfig.read(root.section("source"));
    DetectionConfig detection = detection(root.section("detection"));
    MotionGateConfig motion = motion(root.section("motion"));
    ReadingConfig reading = ReadingConfig.parse(root.section("reading"));
    GeminiConfig gemini = GeminiSettings.parse(root.section("gemini"), System.getenv());
    TrackingConfig tracking =
        tracking(root.section("tracking"), root.section("reading"), root.section("alerts"));
    double tolerance = root.section("alerts").decimal("tolerance", 0.6, 0, 3);
    EvidenceConfig evidence = evidence(root.section("evidence"));
    RetentionConfig retention = retention(root.section("retention"));
    PrivacyConfig privacy = privacy(root.section("privacy"));
    PostgresConfig postgres = postgres(root.section("postgres"));
    KafkaConfig kafka = kafka(root.section("kafka"));
    DeliveryGuarantee delivery =
        root.section("kafka")
            .oneOf("delivery", DeliveryGuarantee.class, DeliveryGuarantee.AT_LEAST_ONCE);
    ParkingConfig parking = ParkingConfig.parse(root.section("parking"));
    ExecutionConfig execution = ExecutionConfig.parse(root.section("job"));
    root.finish();
    return new JobConfig(
        cameras, source, detection, motion, reading, gemini, tracking, tolerance, evidence,
        retention, privacy, postgres, kafka, delivery, parking, execution);
  }

  private static CameraCatalog cameras(ConfigSection root, Path folder) {
    String file = root.string("cameras-file", null);
    List<CameraDefinition> listed = YamlCameraCatalog.cameras(root, folder);
    if (file != null && root.has("cameras")) {
      root.problem("cameras-file", "found beside cameras, expected one of the two");
    } else if (file == null && !root.has("cameras")) {
      root.problem("cameras", "is missing; list cameras here or name a cameras-file");
    }
    return file == null ? catalog(root, listed) : new YamlCameraCatalog(folder.resolve(file));
  }

  private static CameraCatalog catalog(ConfigSection root, List<CameraDefinition> listed) {
    try {
      return new StaticCameraCatalog(listed);
    } catch (CameraSourceException e) {
      root.problem("cameras", e.getMessage());
      return new StaticCameraCatalog(List.of());
    }
  }

  private static DetectionConfig detection(ConfigSection s) {
    DetectionConfig d = DetectionConfig.DEFAULT;
    return new DetectionConfig(
        s.string("vehicle-model", d.vehicleModel()),
        s.string("plate-model", d.plateModel()),
        s.decimal("vehicle-confidence", d.vehicleConfidence(), 0, 1),
        s.decimal("plate-confidence", d.plateConfidence(), 0, 1),
        s.integer("vehicle-padding", d.vehiclePadding(), 0, 1000),
        s.integer("plate-padding", d.platePadding(), 0, 1000),
        s.decimal("iou", d.iou(), 0, 1),
        s.integer("threads", d.threads(), 1, 256),
        s.integer("workers", d.workers(), 0, 256),
        s.integer("max-batch", d.maxBatch(), 0, 64),
        s.duration("max-wait", d.maxWait(), Duration.ZERO, Duration.ofSeconds(1)),
        s.oneOf("device", Device.class, d.device()),
        s.integer("device-index", d.deviceIndex(), 0, 63));
  }

  private static MotionGateConfig motion(ConfigSection s) {
    MotionConfig d = MotionConfig.DEFAULT;
    return new MotionGateConfig(
        s.bool("enabled", true),
        new MotionConfig(
            s.decimal("min-grey-change", d.minGreyChange(), 0, 255),
            s.decimal("min-changed-share", d.minChangedShare(), 0, 1),
            s.duration("refresh", d.refresh(), Duration.ZERO, Duration.ofHours(1))));
  }

  private static TrackingConfig tracking(
      ConfigSection tracking, ConfigSection reading, ConfigSection alerts) {
    TrackingConfig d = TrackingConfig.DEFAULT;
    ReadingPolicy r = d.reading();
    return new TrackingConfig(
        tracking.duration(
            "max-missing", d.maxMissing(), Duration.ofMillis(100), Duration.ofMinutes(1)),
        tracking.integer("min-frames", d.minFrames(), 1, 1000),
        tracking.decimal("min-vehicle-score", d.minVehicleScore(), 0, 1),
        reading.decimal("min-score", d.minScore(), 0, 1),
        new TrackRejoining(
            tracking.duration(
                "rejoin", d.rejoining().window(), Duration.ZERO, Duration.ofMinutes(1)),
            tracking.duration(
                "parked-after",
                d.rejoining().parkedAfter(),
                Duration.ofSeconds(1),
                Duration.ofDays(1)),
            tracking.duration(
                "parked-memory", d.rejoining().parkedWindow(), Duration.ZERO, Duration.ofDays(1))),
        alerts.integer("min-reads", d.announceReads(), 1, 100),
        alerts.decimal("min-score", d.announceScore(), 0, 1),
        new ReadingPolicy(
            reading.integer("max-reads", r.maxReads(), 1, 100),
            reading.duration("interval", r.interval(), Duration.ZERO, Duration.ofMinutes(1)),
            reading.decimal("growth", r.growth(), 1, 100),
            reading.integer("settled-reads", r.settledReads(), 1, 100)));
  }

  private static EvidenceConfig evidence(ConfigSection s) {
    EvidenceConfig d = EvidenceConfig.DEFAULT;
    return new EvidenceConfig(
        s.string("directory", d.directory()),
        s.bool("frames", d.frames()),
        s.integer("writers", d.writers(), 1, 64),
        s.integer("queue-size", d.queueSize(), 1, 10_000));
  }

  private static RetentionConfig retention(ConfigSection s) {
    RetentionConfig d = RetentionConfig.DEFAULT;
    return new RetentionConfig(
        s.duration("default", d.keepByDefault(), Duration.ZERO, Duration.ofDays(36_500)),
        s.duration("interval", d.interval(), Duration.ofSeconds(1), Duration.ofHours(24)),
        s.integer("batch-size", d.batchSize(), 1, 10_000));
  }

  private static PrivacyConfig privacy(ConfigSection s) {
    PrivacyConfig d = PrivacyConfig.DEFAULT;
    return new PrivacyConfig(s.bool("hash-plates", d.hashPlates()), s.bool("blur", d.blurPlates()));
  }

  private static PostgresConfig postgres(ConfigSection s) {
    String url = s.string("url", null);
    String user = s.string("user", null);
    String password = s.string("password", null);
    int batchSize = s.integer("batch-size", PostgresConfig.DEFAULT_BATCH_SIZE, 1, 10_000);
    Duration flush =
        s.duration(
            "flush-interval",
            PostgresConfig.DEFAULT_FLUSH_INTERVAL,
            Duration.ofMillis(1),
            Duration.ofMinutes(1));
    Duration retry =
        s.duration(
            "retry-for", PostgresConfig.DEFAULT_RETRY_FOR, Duration.ZERO, Duration.ofHours(1));
    if (url == null) {
      return null;
    }
    try {
      return PostgresConfig.of(url, user, password)
          .withBatching(batchSize, flush)
          .withRetryFor(retry);
    } catch (IllegalArgumentException e) {
      s.problem("url", e.getMessage());
      return null;
    }
  }

  private static KafkaConfig kafka(ConfigSection s) {
    String servers = s.string("bootstrap-servers", null);
    EventEncoding encoding = s.oneOf("encoding", EventEncoding.class, EventEncoding.AVRO);
    Duration retry =
        s.duration(
            "retry-for", KafkaConfig.DEFAULT_RETRY_FOR, Duration.ofSeconds(1), Duration.ofHours(1));
    int replication = s.integer("replication", -1, 1, 10);
    ConfigSection properties = s.section("properties");
    Map<String, String> extra = new TreeMap<>();
    properties.keys().forEach(key -> extra.put(key, properties.string(key)));
    return servers == null
        ? null
        : new KafkaConfig(servers, encoding, retry, (short) replication, extra);
  }

  public JobConfig withCameras(CameraCatalog newCameras) {
    return new JobConfig(
        newCameras,
        source,
        detection,
        motion,
        reading,
        gemini,
        tracking,
        matchTolerance,
        evidence,
        retention,
        privacy,
        postgres,
        kafka,
        delivery,
        parking,
        execution);
  }

  public JobConfig withSource(FrameSourceConfig newSource) {
    return new JobConfig(
        cameras,
        newSource,
        detection,
        motion,
        reading,
        gemini,
        tracking,
        matchTolerance,
        evidence,
        retention,
        privacy,
        postgres,
        kafka,
        delivery,
        parking,
        execution);
  }

  public JobConfig withServices(PostgresConfig newPostgres, KafkaConfig newKafka) {
    return new JobConfig(
        cameras,
        source,
        detection,
        motion,
        reading,
        gemini,
        tracking,
        matchTolerance,
        evidence,
        retention,
        privacy,
        newPostgres,
        newKafka,
        delivery,
        parking,
        execution);
  }

  /** With these folders where the file names none. */
  public JobConfig withDefaultFolders(String pictures, String checkpoints) {
    return new JobConfig(
        cameras,
        source,
        detection,
        motion,
        reading,
        gemini,
        tracking,
        matchTolerance,
        evidence.withDefaultDirectory(pictures),
        retention,
        privacy,
        postgres,
        kafka,
        delivery,
        parking,
        execution.withDefaultCheckpoints(checkpoints));
  }
}
