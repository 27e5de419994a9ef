package io.plateflow.clients.embedded;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.kafka.KafkaConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real Kafka broker with its own KRaft controller, in this process, on the loopback address. */
public final class EmbeddedKafkaBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafkaBroker.class);
  private static final String SERVICE = "kafka";
  private static final int NODE_ID = 1;

  private final KafkaRaftServer server;
  private final DataFolder folder;
  private final int port;

  private EmbeddedKafkaBroker(KafkaRaftServer server, DataFolder folder, int port) {
    this.server = server;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts it; returns when it takes requests.
   *
   * @param port 0 takes any free one
   * @param dataFolder keeps the data from run to run; null for a temporary one
   */
  public static EmbeddedKafkaBroker start(int port, @Nullable Path dataFolder) {
    DataFolder folder = DataFolder.open(dataFolder, SERVICE);
    try {
      int claimed = LocalPort.claim(port, "Kafka");
      int controllerPort = LocalPort.claim(0, "Kafka controller");
      Path files = folder.files();
      if (!Files.exists(files.resolve("meta.properties"))) {
        format(files);
      }
      KafkaRaftServer server =
          new KafkaRaftServer(
              new kafka.server.KafkaConfig(properties(claimed, controllerPort, files)),
              Time.SYSTEM);
      server.startup();
      return new EmbeddedKafkaBroker(server, folder, claimed);
    } catch (RuntimeException e) {
      closeQuietly(folder);
      throw e;
    } catch (Exception e) {
      closeQuietly(folder);
      throw new ClientException(
          "Cannot start the embedded Kafka: port=%d folder=%s".formatted(port, folder.files()), e);
    }
  }

  /** How it is reached. */
  public KafkaConfig config() {
    return KafkaConfig.DEFAULT.at("127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    closeQuietly(folder);
  }

  private static void format(Path files) throws Exception {
    Files.createDirectories(files);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(files.toString())
        .addDirectory(files.toString())
        .run();
  }

  private static Properties properties(int port, int controllerPort, Path files) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE_ID));
    p.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.setProperty("log.dirs", files.toString());
    // The internal topics of a single broker: one copy of each.
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("auto.create.topics.enable", "false");
    // Its neighbours need the memory more: the default cleaner alone takes 128 MB.
    p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    p.setProperty("log.segment.bytes", "67108864");
    p.setProperty("log.index.size.max.bytes", "1048576");
    p.setProperty("log.retention.hours", "168");
    p.setProperty("log.retention.bytes", "1073741824");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "2");
    p.setProperty("background.threads", "2");
    p.setProperty("num.recovery.threads.per.data.dir", "1");
    return p;
  }

  private static void closeQuietly(DataFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warn("Cannot let go of the data folder {}", folder.files(), e);
    }
  }
}
