package io.plateflow.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether CUDA is worth a try. Trying unpacks half a gigabyte of natives even without a GPU. */
final class CudaProbe {

  // The driver's device files on a plain machine, under WSL and on a Jetson.
  private static final List<Path> GPU_FILES =
      List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"), Path.of("/dev/nvhost-gpu"));

  private CudaProbe() {}

  static boolean worthTrying(Device wanted) {
    return switch (wanted) {
      case CPU -> false;
      case CUDA -> true;
      case AUTO ->
          OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)
              && (!isLinux() || GPU_FILES.stream().anyMatch(Files::exists));
    };
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").startsWith("Linux");
  }

  static void add(OrtSession.SessionOptions settings, int deviceIndex) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(deviceIndex)) {
      // Crops come in many shapes; an exhaustive search for each would stall the first minutes.
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      settings.addCUDA(cuda);
    }
  }
}
