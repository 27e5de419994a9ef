package io.plateflow.api.platerecognizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.recognition.PictureType;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.webhooks.Message;
import io.plateflow.clients.webhooks.Webhook;
import io.plateflow.clients.webhooks.WebhookOutbox;
import io.plateflow.clients.webhooks.WebhookSender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells webhooks of recognitions, in the bodies that receivers of Snapshot's know. */
public final class SnapshotWebhooks {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWebhooks.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String EVENT = "image.done";

  private final WebhookOutbox outbox;
  private final WebhookSender sender;
  private final boolean pictures;

  /**
   * @param outbox stays with the caller, as does the sender
   * @param pictures whether pictures may leave the service
   */
  public SnapshotWebhooks(WebhookOutbox outbox, WebhookSender sender, boolean pictures) {
    this.outbox = outbox;
    this.sender = sender;
    this.pictures = pictures;
  }

  /** Puts one delivery for each target into the outbox. */
  void tell(ObjectNode answer, SentPicture picture) {
    try {
      List<Message> messages = new ArrayList<>();
      for (Webhook webhook : outbox.subscribers(EVENT)) {
        ObjectNode body = JSON.objectNode();
        body.putObject("hook")
            .put("target", webhook.target())
            .put("id", webhook.id())
            .put("event", EVENT);
        body.set("data", answer);
        messages.add(
            webhook.image() && pictures
                ? multipart(webhook, body, picture)
                : new Message(
                    webhook.id(),
                    EVENT,
                    "application/json",
                    body.toString().getBytes(StandardCharsets.UTF_8)));
      }
      if (!messages.isEmpty()) {
        outbox.put(messages);
        sender.wake();
      }
    } catch (ClientException e) {
      // The picture is accepted; a refusal now would make its client send it twice.
      LOG.warn("Webhooks are not told of a recognition: {}", e.toString());
    }
  }

  /** What the webhooks are, without what a target's address may keep secret. */
  ArrayNode shown() {
    ArrayNode list = JSON.arrayNode();
    for (Webhook webhook : outbox.webhooks()) {
      list.addObject()
          .put("id", webhook.id())
          // Of some receivers the path is the secret.
          .put("target", webhook.target().replaceFirst("^([^:]*://[^/?#]*).*", "$1"))
          .put("image", webhook.image())
          .put("event", EVENT);
    }
    return list;
  }

  private static Message multipart(Webhook webhook, ObjectNode body, SentPicture picture) {
    String boundary = UUID.randomUUID().toString();
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    ascii(
        parts,
        "--%s\r\nContent-Disposition: form-data; name=\"json\"\r\n".formatted(boundary)
            + "Content-Type: application/json\r\n\r\n");
    parts.writeBytes(body.toString().getBytes(StandardCharsets.UTF_8));
    ascii(
        parts,
        "\r\n--%s\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"%s\"\r\n"
                .formatted(boundary, picture.filename().replaceAll("[^A-Za-z0-9._ -]", "_"))
            + "Content-Type: %s\r\n\r\n"
                .formatted(PictureType.ofDecoded(picture.bytes()).mediaType()));
    parts.writeBytes(picture.bytes());
    ascii(parts, "\r\n--%s--\r\n".formatted(boundary));
    return new Message(
        webhook.id(), EVENT, "multipart/form-data; boundary=" + boundary, parts.toByteArray());
  }

  private static void ascii(ByteArrayOutputStream parts, String text) {
    parts.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
