package io.plateflow.models.engine;

import io.plateflow.models.detect.YoloModel;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The models of an engine. */
public record DetectorModels(Model vehicles, Model plates) {

  /**
   * One of them.
   *
   * @param file without its folder
   * @param classes that count, by their numbers
   */
  public record Model(String file, SortedMap<Integer, String> classes) {

    static Model of(YoloModel model) {
      List<String> labels = model.metadata().labels();
      SortedMap<Integer, String> wanted = new TreeMap<>();
      model.wantedLabels().stream().forEach(number -> wanted.put(number, labels.get(number)));
      return new Model(String.valueOf(Path.of(model.onnx().name()).getFileName()), wanted);
    }
  }
}
