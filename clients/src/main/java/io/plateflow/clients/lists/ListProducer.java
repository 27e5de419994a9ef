package io.plateflow.clients.lists;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.schemas.avro.AccessListEvent;
import io.plateflow.schemas.avro.ListEntryEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.ListEvents;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes changes of named lists; each call returns when the broker has them. */
public final class ListProducer implements AutoCloseable {

  private static final EventCodec<AccessListEvent> LISTS = EventCodec.of(AccessListEvent.class);
  private static final EventCodec<ListEntryEvent> ENTRIES = EventCodec.of(ListEntryEvent.class);

  private final Producer<byte[], byte[]> producer;

  public ListProducer(KafkaConfig kafka) {
    this.producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Creates, changes or removes a list; its version must be higher than every earlier one. */
  public void put(AccessList list) {
    send(Topics.LISTS, List.of(list.listId()), List.of(LISTS.encode(ListEvents.list(list))));
  }

  /** Creates, changes or removes entries; each version must be higher than every earlier one. */
  public void put(Collection<ListEntry> entries) {
    send(
        Topics.LIST_ENTRIES,
        entries.stream().map(ListEntry::entryId).toList(),
        entries.stream().map(entry -> ENTRIES.encode(ListEvents.entry(entry))).toList());
  }

  private void send(String topic, List<String> keys, List<byte[]> values) {
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  topic, keys.get(i).getBytes(StandardCharsets.UTF_8), values.get(i))));
    }
    for (int i = 0; i < sent.size(); i++) {
      try {
        sent.get(i).get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClientException("Interrupted while changing " + keys.get(i), e);
      } catch (ExecutionException e) {
        throw new ClientException(
            "Cannot change a list: topic=%s key=%s".formatted(topic, keys.get(i)), e);
      }
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
