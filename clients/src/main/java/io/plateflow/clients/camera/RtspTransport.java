package io.plateflow.clients.camera;

import java.util.Locale;

/** The transport of an RTSP stream. */
public enum RtspTransport {
  /** Through the control connection: nothing is lost on the way, and no port has to be open. */
  TCP,
  UDP;

  /** The value of FFmpeg's option. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
