package io.plateflow.clients.search;

import java.time.Instant;

/**
 * The last hit of a page; the next page begins after it, whatever has come since.
 *
 * @param distance that of its look-alike; 0 for other searches, which know none
 */
public record SearchCursor(double distance, Instant timestamp, long sessionId) {}
