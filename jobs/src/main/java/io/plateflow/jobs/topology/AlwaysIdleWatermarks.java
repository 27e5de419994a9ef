package io.plateflow.jobs.topology;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * For a stream without a time of its own, such as the access list: always idle, so that it does not
 * hold back the time of the cameras where the two meet.
 */
final class AlwaysIdleWatermarks<T> implements WatermarkGenerator<T> {

  private AlwaysIdleWatermarks() {}

  static <T> WatermarkStrategy<T> strategy() {
    return WatermarkStrategy.forGenerator(context -> new AlwaysIdleWatermarks<>());
  }

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
