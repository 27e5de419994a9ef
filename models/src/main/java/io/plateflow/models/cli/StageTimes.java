package io.plateflow.models.cli;

import com.sun.management.OperatingSystemMXBean;
import io.plateflow.models.recognition.RecognizedImage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the stages took, over many pictures. */
final class StageTimes {

  private final List<RecognizedImage> images = new ArrayList<>();

  private long processorNanos;

  void start() {
    processorNanos = -processorTime();
  }

  void end() {
    processorNanos += processorTime();
  }

  /**
   * What a picture cost all threads of this process together, reading files included: it stays the
   * same on a busy machine, where the other times grow.
   */
  double processorMillis() {
    return images.isEmpty() ? 0 : processorNanos / 1e6 / images.size();
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  void add(RecognizedImage image) {
    images.add(image);
  }

  /** A line per stage: median, mean and nineteenth twentieth in milliseconds. */
  String table() {
    StringBuilder out = new StringBuilder();
    out.append(String.format("%-18s %8s %8s %8s%n", "ms", "median", "mean", "p95"));
    line(out, "decode", RecognizedImage::decodeMillis);
    line(out, "vehicle_detection", RecognizedImage::vehicleMillis);
    line(out, "plate_detection", RecognizedImage::plateMillis);
    line(out, "plate_recognition", RecognizedImage::readMillis);
    line(out, "total", RecognizedImage::totalMillis);
    return out.toString();
  }

  private void line(StringBuilder out, String stage, ToDoubleFunction<RecognizedImage> millis) {
    double[] sorted = images.stream().mapToDouble(millis).sorted().toArray();
    double sum = 0;
    for (double value : sorted) {
      sum += value;
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%-18s %8.1f %8.1f %8.1f%n",
            stage,
            at(sorted, 0.5),
            sorted.length == 0 ? 0 : sum / sorted.length,
            at(sorted, 0.95)));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }
}
