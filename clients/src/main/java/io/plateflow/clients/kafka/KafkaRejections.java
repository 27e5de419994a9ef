package io.plateflow.clients.kafka;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.RejectionHandler;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes rejections to the topic of rejected records. */
public final class KafkaRejections implements RejectionHandler {

  private static final long serialVersionUID = 1L;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final KafkaConfig options;
  private final TopicRecords<RejectedRecord> records;
  private transient Producer<byte[], byte[]> producer;
  private transient AtomicReference<Exception> failure;

  public KafkaRejections(KafkaConfig options) {
    this.options = options;
    this.records = TopicRecords.rejected(options.encoding());
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
        records.record(record),
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
      throw new ClientException(
          "Cannot write a rejected record: kafka=%s topic=%s"
              .formatted(options.bootstrapServers(), Topics.REJECTED),
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
