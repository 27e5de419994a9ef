package io.plateflow.clients.camera;

import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.plateflow.schemas.config.DurationRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
@Consistent
@RecordBuilder
public record FrameSourceConfig(
    boolean finite,
    boolean realtime,
    RtspTransport rtspTransport,
    @DurationRange(min = "100ms", max = "1h") Duration connectTimeout,
    @DurationRange(min = "100ms", max = "1h") Duration readTimeout,
    @DurationRange(min = "1ms", max = "1h") Duration initialBackoff,
    @DurationRange(min = "1ms", max = "1h") Duration maxBackoff,
    @Min(1) @Max(64) int queueSize,
    @Min(2) @Max(256) int pictureBuffers,
    @Min(1) @Max(700_000_000) long maxPixels,
    @Min(1) @Max(64) int decoderThreads,
    @DurationRange(min = "1ms", max = "1h") Duration catalogPollInterval)
    implements CrossChecked, FrameSourceConfigBuilder.With, Serializable {

  public static final FrameSourceConfig DEFAULT =
      new FrameSourceConfig(
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

  @Override
  public void crossCheck(Problems problems) {
    if (pictureBuffers <= queueSize) {
      problems.add(
          "pictureBuffers",
          "found %d, expected more than queue-size, which is %d"
              .formatted(pictureBuffers, queueSize));
    }
  }
}
