/**
 * Reads YAML configuration and reports all its problems at once. Placeholders are filled from the
 * environment.
 */
package io.plateflow.clients.config;
