package io.plateflow.clients.corrections;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.event.CorrectionEvents;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes corrections; each call returns when the broker has it. */
public final class CorrectionProducer implements AutoCloseable {

  private static final EventCodec<CorrectionEvent> CORRECTIONS =
      EventCodec.of(CorrectionEvent.class);

  private final Producer<byte[], byte[]> producer;

  public CorrectionProducer(KafkaConfig kafka) {
    this.producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  public void put(Correction correction) {
    try {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.CORRECTIONS,
                  correction.passId().getBytes(StandardCharsets.UTF_8),
                  CORRECTIONS.encode(CorrectionEvents.event(correction))))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("Interrupted while correcting " + correction.passId(), e);
    } catch (ExecutionException e) {
      throw new ClientException(
          "Cannot send a correction: topic=%s pass=%s"
              .formatted(Topics.CORRECTIONS, correction.passId()),
          e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
