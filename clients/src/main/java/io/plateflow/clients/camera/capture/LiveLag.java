package io.plateflow.clients.camera.capture;

/**
 * Detects that a live camera's pictures are decoded later and later. The camera's clock gives when
 * a picture was taken, ours when it was decoded; their difference is smallest when nothing is
 * queued in between. Clocks drift apart, by less than a thousandth, so that smallest difference may
 * grow by as much.
 */
final class LiveLag {

  private static final double DRIFT = 0.001;

  private final long tooMuchMicros;
  private final long goodMicros;
  private boolean behind;
  private boolean started;
  private long lastNowMicros;
  private double smallestMicros;
  private double lagMicros;

  /**
   * @param tooMuchMicros from here on it is behind
   * @param goodMicros below this it has caught up
   */
  LiveLag(long tooMuchMicros, long goodMicros) {
    this.tooMuchMicros = tooMuchMicros;
    this.goodMicros = goodMicros;
  }

  /**
   * @param takenMicros by the camera's clock
   * @param nowMicros by ours
   * @return whether pictures should be left out to catch up
   */
  boolean isBehind(long takenMicros, long nowMicros) {
    double difference = nowMicros - takenMicros;
    smallestMicros =
        started
            ? Math.min(smallestMicros + (nowMicros - lastNowMicros) * DRIFT, difference)
            : difference;
    started = true;
    lastNowMicros = nowMicros;
    lagMicros = difference - smallestMicros;
    behind = behind ? lagMicros > goodMicros : lagMicros > tooMuchMicros;
    return behind;
  }

  /** Of the last picture. */
  double lagMicros() {
    return lagMicros;
  }
}
