/**
 * Keeps the pictures that prove a pass: encoding, holding back until they are published, writing.
 * Knows how plates are hidden, not which ones are listed.
 */
@NullMarked
package io.plateflow.jobs.evidence;

import org.jspecify.annotations.NullMarked;
