package io.plateflow.api.recognition;

/**
 * What a client has used in this month (UTC).
 *
 * @param calls pictures
 * @param credits that they cost: some cost more than one
 */
public record Usage(long calls, long credits) {}
