package io.plateflow.jobs.reading;

import io.plateflow.jobs.metrics.LabelledCounters;
import io.plateflow.jobs.metrics.Latencies;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** Adds metrics to a reading: reads by camera and rung, and their duration. */
public final class MeteredReading implements PlateReading {

  private static final String NOTHING = "nothing";

  private final PlateReading reading;
  private final LabelledCounters counters;
  private final Histogram millis;

  /**
   * @param reading closed with this
   */
  public MeteredReading(PlateReading reading, MetricGroup metrics) {
    this.reading = reading;
    this.counters = new LabelledCounters(metrics);
    this.millis = Latencies.histogram(metrics, "readMillis");
  }

  @Override
  public RecognizedPlate read(Frame frame, Detection plate) {
    long begun = System.nanoTime();
    RecognizedPlate result = reading.read(frame, plate);
    millis.update(Math.round((System.nanoTime() - begun) / 1e6));
    String rung = result.read().isEmpty() ? NOTHING : result.read().reader();
    counters.of("reads", "camera", frame.camera().id(), "reader", rung).inc();
    return result;
  }

  @Override
  public void close() {
    reading.close();
  }
}
