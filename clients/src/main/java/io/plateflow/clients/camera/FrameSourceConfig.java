package io.plateflow.clients.camera;

import io.plateflow.clients.config.ConfigSection;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the camera source works, for all cameras.
 *
 * @param finite whether the source ends when all its files and folders have ended; it never does
 *     while a live camera is among them
 * @param realtime whether a video file is played at its own speed instead of as fast as it is taken
 * @param rtspTransport TCP unless the network asks for UDP
 * @param connectTimeout longest time to open a camera
 * @param readTimeout longest time without a frame before a camera counts as lost
 * @param initialBackoff pause after the first failed attempt; doubles with each further one
 * @param maxBackoff longest pause between attempts
 * @param queueSize decoded pictures that wait for the job, per camera
 * @param pictureBuffers pictures of one camera that are in memory at most, waiting or in the job's
 *     hands; when all are taken, a file waits and a live camera drops
 * @param maxPixels width times height of the largest picture that is decoded
 * @param decoderThreads of one camera
 * @param catalogPollInterval how often the catalogue is read again
 */
public record FrameSourceConfig(
    boolean finite,
    boolean realtime,
    RtspTransport rtspTransport,
    Duration connectTimeout,
    Duration readTimeout,
    Duration initialBackoff,
    Duration maxBackoff,
    int queueSize,
    int pictureBuffers,
    long maxPixels,
    int decoderThreads,
    Duration catalogPollInterval)
    implements Serializable {

  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  public FrameSourceConfig {
    if (pictureBuffers <= queueSize) {
      throw new IllegalArgumentException(
          "picture buffers: found %d, expected more than the queue size %d"
              .formatted(pictureBuffers, queueSize));
    }
  }

  public static FrameSourceConfig defaults() {
    return new FrameSourceConfig(
        false,
        false,
        RtspTransport.TCP,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        2,
        8,
        50_000_000,
        1,
        Duration.ofSeconds(5));
  }

  /** Reads every key; problems are noted in the section. */
  public static FrameSourceConfig read(ConfigSection config) {
    FrameSourceConfig defaults = defaults();
    int queueSize = config.integer("queue-size", defaults.queueSize, 1, 64);
    int pictureBuffers = config.integer("picture-buffers", defaults.pictureBuffers, 2, 256);
    if (pictureBuffers <= queueSize) {
      config.problem(
          "picture-buffers",
          "found %d, expected more than queue-size, which is %d"
              .formatted(pictureBuffers, queueSize));
      pictureBuffers = queueSize + 1;
    }
    return new FrameSourceConfig(
        config.bool("finite", defaults.finite),
        config.bool("realtime", defaults.realtime),
        config.oneOf("rtsp-transport", RtspTransport.class, defaults.rtspTransport),
        config.duration("connect-timeout", defaults.connectTimeout, MS.multipliedBy(100), HOUR),
        config.duration("read-timeout", defaults.readTimeout, MS.multipliedBy(100), HOUR),
        config.duration("initial-backoff", defaults.initialBackoff, MS, HOUR),
        config.duration("max-backoff", defaults.maxBackoff, MS, HOUR),
        queueSize,
        pictureBuffers,
        config.longInteger("max-pixels", defaults.maxPixels, 1, 700_000_000),
        config.integer("decoder-threads", defaults.decoderThreads, 1, 64),
        config.duration("catalog-poll-interval", defaults.catalogPollInterval, MS, HOUR));
  }

  public FrameSourceConfig withFinite(boolean newFinite) {
    return new FrameSourceConfig(
        newFinite,
        realtime,
        rtspTransport,
        connectTimeout,
        readTimeout,
        initialBackoff,
        maxBackoff,
        queueSize,
        pictureBuffers,
        maxPixels,
        decoderThreads,
        catalogPollInterval);
  }

  public FrameSourceConfig withRealtime(boolean newRealtime) {
    return new FrameSourceConfig(
        finite,
        newRealtime,
        rtspTransport,
        connectTimeout,
        readTimeout,
        initialBackoff,
        maxBackoff,
        queueSize,
        pictureBuffers,
        maxPixels,
        decoderThreads,
        catalogPollInterval);
  }
}
