package io.plateflow.standalone.chaos;

import java.time.Duration;

/**
 * One kill, as it went.
 *
 * @param after the start of the job
 * @param victim the process
 * @param recovery until the job had completed a checkpoint that it began after the kill (of Kafka
 *     and Postgres: after they answered again); for a camera's server, until the camera was up
 *     again
 */
record Kill(Duration after, Target target, String victim, Duration recovery) {}
