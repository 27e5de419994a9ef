package io.plateflow.clients.webhooks;

/**
 * What one target is told.
 *
 * @param webhook id of the target
 * @param event such as {@code image.done}
 */
public record Message(long webhook, String event, String contentType, byte[] body) {}
