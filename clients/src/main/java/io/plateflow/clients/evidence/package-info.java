/**
 * Writes pictures in background threads with bounded queues and retries. Where they are stored is
 * behind an interface.
 */
@NullMarked
package io.plateflow.clients.evidence;

import org.jspecify.annotations.NullMarked;
