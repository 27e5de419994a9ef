package io.plateflow.jobs;

import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.kafka.KafkaProbe;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresProbe;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.topology.JobAssembly;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The entry point of the job on a Flink cluster. */
@Command(
    name = "plate-session-job",
    description = "Cameras in; passes, statistics and alerts out.",
    mixinStandardHelpOptions = true)
public final class PlateSessionJob implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(PlateSessionJob.class);
  private static final Duration SERVICES_MUST_ANSWER_WITHIN = Duration.ofMinutes(2);

  @Option(
      names = "--config",
      required = true,
      description = "The YAML file with cameras, Kafka and Postgres.")
  private Path config;

  @Option(
      names = "--validate-config",
      description = "Only check the file: prints every problem, exit status 1 if there is one.")
  private boolean validateOnly;

  public static void main(String[] args) {
    int status = new CommandLine(new PlateSessionJob()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws Exception {
    JobConfig job;
    try {
      job = JobConfig.read(config);
      if (job.postgres().jdbcUrl() == null || job.kafka().bootstrapServers() == null) {
        throw new ConfigException(
            config.toString(), "a cluster needs postgres.url and kafka.bootstrap-servers", null);
      }
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      return 1;
    }
    if (validateOnly) {
      System.out.println(config + ": no problems found");
      return 0;
    }
    PostgresProbe.awaitReachable(job.postgres(), SERVICES_MUST_ANSWER_WITHIN, LOG::warn);
    KafkaProbe.awaitReachable(job.kafka(), SERVICES_MUST_ANSWER_WITHIN, LOG::warn);
    DatabaseMigration.migrate(job.postgres());
    TopicCreation.createMissing(job.kafka());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobAssembly.assemble(env, job);
    env.execute("Plateflow");
    return 0;
  }
}
