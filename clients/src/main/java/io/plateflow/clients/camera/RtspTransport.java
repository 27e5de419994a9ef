package io.plateflow.clients.camera;

import java.util.Locale;

/** How the pictures of an RTSP camera travel. */
public enum RtspTransport {
  /** Through the control connection: nothing is lost on the way, and no port has to be open. */
  TCP,
  UDP;

  /** As FFmpeg's option names it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
