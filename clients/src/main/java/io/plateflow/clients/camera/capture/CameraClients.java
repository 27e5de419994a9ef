package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraInput;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.frame.StillDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** The built-in clients: one for folders of stills, FFmpeg for everything else. */
public final class CameraClients implements CameraClientFactory {

  private static final long serialVersionUID = 1L;
  private static final Pattern STILL = Pattern.compile(".*\\.(jpe?g|png)");

  private final FrameSourceConfig config;
  private final StillDecoder stillDecoder;

  public CameraClients(FrameSourceConfig config, StillDecoder stillDecoder) {
    this.config = config;
    this.stillDecoder = stillDecoder;
  }

  @Override
  public CameraClient create(CameraDefinition camera) {
    if (CameraInput.of(camera) != CameraInput.RECORDED) {
      return new FfmpegLiveClient(FfmpegInput.of(camera, config), config);
    }
    Path path = CameraInput.path(camera);
    boolean stills =
        Files.isDirectory(path)
            || STILL.matcher(path.toString().toLowerCase(Locale.ROOT)).matches();
    return stills
        ? new FolderCameraClient(camera, path, config.maxPixels(), stillDecoder)
        : new FfmpegFileClient(camera, path, config);
  }
}
