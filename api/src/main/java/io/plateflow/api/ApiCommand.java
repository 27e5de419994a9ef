package io.plateflow.api;

import io.plateflow.api.access.AccessAdministration;
import io.plateflow.api.access.AccessException;
import io.plateflow.api.access.DeniedException;
import io.plateflow.api.access.Right;
import io.plateflow.api.access.TokenSettings;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.kafka.KafkaProbe;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresPool;
import io.plateflow.clients.postgres.PostgresProbe;
import io.plateflow.models.ModelException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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

  private static final Duration SOON = Duration.ofSeconds(5);

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

  @Option(
      names = "--recover",
      paramLabel = "USER",
      description =
          "Only make that user an administrator with a new password and token, and print them once:"
              + " for a service whose keys are lost. It may be running.")
  private @Nullable String recover;

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
      if (recover != null) {
        recover(read, recover, out);
        return 0;
      }
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
    } catch (ConfigException | ClientException | ModelException | AccessException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static void recover(ApiConfig config, String user, PrintStream out)
      throws AccessException {
    DatabaseMigration.migrate(config.postgres());
    try (PostgresPool postgres =
        new PostgresPool(config.postgres(), "plateflow-recover", 1, SOON)) {
      AccessAdministration administration = new AccessAdministration(postgres);
      String password = administration.recoverUser(user).secret();
      String token =
          administration
              .makeToken(
                  user, new TokenSettings("recovered", EnumSet.allOf(Right.class), null, null))
              .secret();
      out.printf("user %s  password %s%n", user, password);
      out.printf("token %s%n", token);
      out.println("Shown this once: keep them.");
    } catch (DeniedException e) {
      throw new ClientException("The password is not made", e);
    }
  }
}
