package io.plateflow.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.config.ConfigFile;
import io.plateflow.clients.config.ConfigSections;
import io.plateflow.clients.evidence.EvidenceConfig;
import io.plateflow.clients.evidence.PrivacyConfig;
import io.plateflow.clients.http.HttpConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.read.ReaderConfig;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;

/**
 * What the service reads of the file that all programs share.
 *
 * @param reader of this machine; the file has it among settings of the job
 * @param evidence where pictures are kept
 * @param retention how long uploads are kept
 */
@RecordBuilder
public record ApiConfig(
    HttpConfig http,
    DetectionConfig detection,
    @JsonIgnore ReaderConfig reader,
    EvidenceConfig evidence,
    PrivacyConfig privacy,
    RetentionConfig retention,
    PostgresConfig postgres,
    KafkaConfig kafka)
    implements ApiConfigBuilder.With {

  public static final ApiConfig DEFAULT =
      new ApiConfig(
          HttpConfig.DEFAULT,
          DetectionConfig.DEFAULT,
          ReaderConfig.DEFAULT,
          EvidenceConfig.DEFAULT,
          PrivacyConfig.DEFAULT,
          RetentionConfig.DEFAULT,
          PostgresConfig.DEFAULT,
          KafkaConfig.DEFAULT);

  /**
   * @throws ConfigException that lists every problem of the file
   */
  static ApiConfig read(Path file) {
    ConfigFile read = ConfigFile.read(file);
    ApiConfig config = read.bind(DEFAULT, ConfigSections.ALL);
    if (config.postgres().jdbcUrl() == null) {
      read.problem("postgres.url", "is missing; the service needs the database of the job");
    }
    if (config.kafka().bootstrapServers() == null) {
      read.problem("kafka.bootstrap-servers", "is missing; the service needs the job's brokers");
    }
    read.finish();
    return config;
  }
}
