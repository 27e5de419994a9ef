package io.plateflow.api;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.kafka.KafkaProbe;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresProbe;
import io.plateflow.models.ModelException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The HTTP service as a process of its own, beside a job on a cluster. */
@Command(
    name = "api",
    description = "Takes pictures of other programs over HTTP, beside a job on a cluster.",
    mixinStandardHelpOptions = true)
public final class ApiCommand implements Callable<Integer> {

  private static final Duration SERVICES_MUST_ANSWER_WITHIN = Duration.ofMinutes(1);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The YAML file of the job; sections http, postgres, kafka, evidence count.")
  private Path config = Path.of("");

  @Option(
      names = "--validate-config",
      description = "Only check the configuration: prints every problem.")
  private boolean validateOnly;

  public static void main(String[] args) {
    System.exit(new CommandLine(new ApiCommand()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintStream out = System.out;
    try {
      ApiConfig read = ApiConfig.read(config);
      if (validateOnly) {
        out.println("No problems found.");
        return 0;
      }
      PostgresProbe.awaitReachable(read.postgres(), SERVICES_MUST_ANSWER_WITHIN, out::println);
      KafkaProbe.awaitReachable(read.kafka(), SERVICES_MUST_ANSWER_WITHIN, out::println);
      DatabaseMigration.migrate(read.postgres());
      TopicCreation.createMissing(read.kafka());
      ApiService service = ApiService.start(read, out::println);
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    service.close();
                    stopped.countDown();
                  },
                  "stop"));
      stopped.await();
      return 0;
    } catch (ConfigException | ClientException | ModelException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
