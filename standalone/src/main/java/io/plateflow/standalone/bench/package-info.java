/**
 * Measures the job: throughput, latency, and how many cameras a machine can process. Synthetic
 * traffic stands in for cameras where only the path behind the detector counts.
 */
@NullMarked
package io.plateflow.standalone.bench;

import org.jspecify.annotations.NullMarked;
