package io.plateflow.api.http;

/**
 * A file of a form.
 *
 * @param field of the form
 * @param name as the client has it, without folders; empty where it gives none
 */
public record UploadedFile(String field, String name, byte[] bytes) {}
