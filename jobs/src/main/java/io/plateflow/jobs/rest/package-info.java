/**
 * Guards the REST server of Flink's JobManager: who may ask it, under which host name, and for
 * what. Flink finds it by its service interface.
 */
@NullMarked
package io.plateflow.jobs.rest;

import org.jspecify.annotations.NullMarked;
