package io.plateflow.clients.camera.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

/** FFmpeg's parts that the GPL covers are not among what the product brings along. */
class FfmpegLicenceITCase {

  @Test
  void isTheLgplBuild() {
    assertThat(avcodec.avcodec_license().getString()).startsWith("LGPL");
    assertThat(avformat.avformat_license().getString()).startsWith("LGPL");
    assertThat(avutil.avutil_license().getString()).startsWith("LGPL");
    assertThat(avcodec.avcodec_configuration().getString()).doesNotContain("--enable-gpl");
  }
}
