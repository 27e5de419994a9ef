package io.plateflow.connectors.kafka;

import io.plateflow.connectors.ConnectorException;
import io.plateflow.connectors.RejectionHandler;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Hands what a sink had to refuse to the topic of rejected records. */
public final class KafkaRejections implements RejectionHandler {

  private static final long serialVersionUID = 1L;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final KafkaOptions options;
  private final EventSerializer<RejectedRecord, RejectedEvent> serializer;
  private transient Producer<byte[], byte[]> producer;
  private transient AtomicReference<Exception> failure;

  public KafkaRejections(KafkaOptions options) {
    this.options = options;
    this.serializer = KafkaSinks.rejectedSerializer(options);
  }

  @Override
  public void reject(RejectedRecord record) {
    if (producer == null) {
      failure = new AtomicReference<>();
      producer =
          new KafkaProducer<>(
              options.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    }
    AtomicReference<Exception> failed = failure;
    producer.send(
        serializer.record(record),
        (metadata, e) -> {
          if (e != null) {
            failed.compareAndSet(null, e);
          }
        });
  }

  @Override
  public void flush() {
    if (producer == null) {
      return;
    }
    producer.flush();
    Exception e = failure.get();
    if (e != null) {
      throw new ConnectorException(
          "Cannot write a rejected record: kafka=%s topic=%s"
              .formatted(options.bootstrapServers(), PlateflowTopics.REJECTED),
          e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(CLOSE_PATIENCE);
      producer = null;
    }
  }
}
