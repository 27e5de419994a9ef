package io.plateflow.models.recognize;

import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.tesseract.TesseractPlateReader;

/** Which reader {@code --ocr} names; lower case, as on the command line. */
enum ReaderChoice {
  local {
    @Override
    PlateReader open(int threads) {
      ReaderConfig defaults = ReaderConfig.DEFAULTS;
      return LocalPlateReader.open(
          new ReaderConfig(
              defaults.model(),
              defaults.device(),
              defaults.deviceIndex(),
              threads,
              defaults.beamWidth(),
              defaults.margins(),
              defaults.sureConfidence(),
              defaults.minConfidence(),
              defaults.grammar()));
    }
  },
  tesseract {
    @Override
    PlateReader open(int threads) {
      return TesseractPlateReader.open();
    }
  };

  abstract PlateReader open(int threads);
}
