package io.plateflow.clients.rules;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.avro.SiteEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.RuleEvents;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.Site;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes changes of rules and sites; each call returns when the broker has it. */
public final class RuleProducer implements AutoCloseable {

  private static final EventCodec<RuleEvent> RULES = EventCodec.of(RuleEvent.class);
  private static final EventCodec<SiteEvent> SITES = EventCodec.of(SiteEvent.class);

  private final Producer<byte[], byte[]> producer;

  public RuleProducer(KafkaConfig kafka) {
    this.producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Creates, changes or removes a rule; its version must be higher than every earlier one. */
  public void put(Rule rule) {
    send(Topics.RULES, rule.ruleId(), RULES.encode(RuleEvents.rule(rule)));
  }

  /** Creates, changes or removes a site; its version must be higher than every earlier one. */
  public void put(Site site) {
    send(Topics.SITES, site.siteId(), SITES.encode(RuleEvents.site(site)));
  }

  private void send(String topic, String key, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("Interrupted while changing " + key, e);
    } catch (ExecutionException e) {
      throw new ClientException("Cannot send: topic=%s key=%s".formatted(topic, key), e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
