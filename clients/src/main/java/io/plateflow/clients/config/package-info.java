/**
 * Reads YAML configuration and reports all its problems at once. Placeholders are filled from the
 * environment.
 */
@NullMarked
package io.plateflow.clients.config;

import org.jspecify.annotations.NullMarked;
