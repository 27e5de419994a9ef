/**
 * Writes pictures in background threads with bounded queues and retries. Where they are stored is
 * behind an interface.
 */
package io.plateflow.clients.evidence;
