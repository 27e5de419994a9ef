package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a live camera with FFmpeg: RTSP, HTTP and other streams, webcams. */
final class FfmpegLiveClient implements CameraClient {

  /** A stream that delivers only damaged pictures for this long is reopened. */
  private static final int MAX_DAMAGE_IN_A_ROW = 50;

  private final FfmpegInput input;
  private final FrameSourceConfig config;
  private final FfmpegDecoder decoder = new FfmpegDecoder();
  private final BgrConverter converter;
  private final LiveLag lag = new LiveLag(1_000_000, 250_000);
  private boolean pictureSeen;

  FfmpegLiveClient(FfmpegInput input, FrameSourceConfig config) {
    this.input = input;
    this.config = config;
    this.converter = new BgrConverter(config.maxPixels());
  }

  @Override
  public void open(CameraPosition from) throws IOException {
    decoder.open(input, config.decoderThreads(), true);
  }

  @Override
  public @Nullable GrabbedFrame next() throws IOException {
    for (int damage = 0; damage < MAX_DAMAGE_IN_A_ROW; damage++) {
      switch (decoder.advance()) {
        case END -> {
          return null;
        }
        case PICTURE -> {
          pictureSeen = true;
          catchUp();
          return live(converter.loader(decoder));
        }
        case DAMAGE -> {
          // Joining a film in its middle begins with pictures that lack what they refer to.
          if (pictureSeen) {
            return live(BgrConverter.UNDECODABLE);
          }
        }
      }
    }
    throw new IOException("found nothing that can be decoded");
  }

  /** A decoder that cannot keep up skips pictures instead of falling behind. */
  private void catchUp() {
    long taken = decoder.timestampMicros();
    if (taken >= 0) {
      decoder.onlyKeyPictures(lag.isBehind(taken, System.nanoTime() / 1000));
    }
  }

  private static GrabbedFrame live(GrabbedFrame.Loader loader) {
    return new GrabbedFrame(-1, -1, null, null, false, loader);
  }

  @Override
  public long leftOut() {
    return decoder.leftOut();
  }

  @Override
  public long decodeNanos() {
    return decoder.decodeNanos();
  }

  @Override
  public long lagMillis() {
    return Math.round(lag.lagMicros() / 1000);
  }

  @Override
  public void abort() {
    decoder.abort();
  }

  @Override
  public void close() {
    decoder.close();
    converter.close();
  }
}
