package io.plateflow.clients.reads;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes reads for a caller who waits for them. Thread-safe. */
public final class ReadProducer implements AutoCloseable {

  private static final EventCodec<PlateReadEvent> CODEC = EventCodec.of(PlateReadEvent.class);

  private final Producer<byte[], byte[]> producer;

  /**
   * @param patience how long a broker that is away is waited for
   */
  public ReadProducer(KafkaConfig kafka, Duration patience) {
    Properties properties = kafka.producerProperties();
    String millis = Long.toString(patience.toMillis());
    properties.setProperty("delivery.timeout.ms", millis);
    properties.setProperty("max.block.ms", millis);
    properties.setProperty("request.timeout.ms", Long.toString(patience.toMillis() * 4 / 5));
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Returns when the brokers have every read.
   *
   * @throws ClientException when they do not acknowledge all of them in time
   */
  public void send(List<PlateReadEvent> reads) {
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (PlateReadEvent read : reads) {
        byte[] key = read.getRecordId().getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(Topics.READS, key, CODEC.encode(read))));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("Interrupted while sending reads", e);
    } catch (ExecutionException | KafkaException e) {
      throw new ClientException(
          "Cannot send reads: topic=%s reads=%d".formatted(Topics.READS, reads.size()), e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
