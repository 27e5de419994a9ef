package io.plateflow.clients.camera.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CaptureDevicesTest {

  private static final LinkageError ERROR = new UnsatisfiedLinkError("no jniavdevice");

  @Test
  void whatIsMissingIsNamedWithItsPackages() {
    assertThat(CaptureDevices.fault(ERROR, library -> !library.equals("libpulse.so.0")))
        .isEqualTo(
            "webcams need libpulse.so.0: install libpulse0 (Debian's names) and start again");
    assertThat(CaptureDevices.fault(ERROR, Set.of("libasound.so.2", "libpulse.so.0")::contains))
        .isEqualTo(
            "webcams need libxcb.so.1, libxcb-shm.so.0: install libxcb1 libxcb-shm0 (Debian's"
                + " names) and start again");
  }

  @Test
  void whereNothingIsMissingTheErrorSpeaks() {
    assertThat(CaptureDevices.fault(ERROR, library -> true))
        .isEqualTo("webcams cannot be used on this machine: no jniavdevice");
  }
}
