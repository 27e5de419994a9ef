package io.plateflow.jobs.topology;

import io.plateflow.clients.evidence.EvidenceConfig;
import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.detect.EngineFrameDetector;
import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.evidence.EvidenceMetrics;
import io.plateflow.jobs.evidence.StoredEvidence;
import io.plateflow.jobs.gemini.PostgresBudgets;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.jobs.privacy.Privacy;
import io.plateflow.jobs.reading.GeminiSecondReader;
import io.plateflow.jobs.reading.LadderPlateReading;
import io.plateflow.jobs.reading.ReadingConfig;
import io.plateflow.jobs.reading.SecondReader;
import io.plateflow.jobs.track.PassConfig;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.read.ReadingLadder;
import io.plateflow.models.tesseract.TesseractPlateReader;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds detection, reading, tracking and evidence from a {@link JobConfig}. */
final class RecognitionAssembly {

  private static final Duration ANSWER_GRACE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RecognitionAssembly.class);

  private RecognitionAssembly() {}

  static Recognition recognition(JobConfig config) {
    var detection = config.detection();
    var reading = config.reading();
    LadderConfig ladder = ladder(config);
    return new Recognition(
        gpu -> new EngineFrameDetector(detection, gpu, () -> reader(reading)),
        config.motion(),
        config.execution().framesInFlight(),
        () -> new LadderPlateReading(reader(reading), ladder),
        ladder,
        secondReader(config),
        // The reader keeps its deadline itself; this is for the day it does not.
        config.gemini().timeouts().deadline().plus(ANSWER_GRACE),
        new PassConfig(config.tracking(), reading, config.alerts(), config.access()),
        evidence(config),
        config.alerts().tolerance(),
        privacy(config));
  }

  private static Privacy privacy(JobConfig config) {
    EvidenceConfig evidence = config.evidence();
    String directory = evidence.directory();
    EvidenceStore store =
        config.privacy().blurPlates() && directory != null ? new EvidenceStore(directory) : null;
    return new Privacy(
        config.privacy().hashPlates() ? () -> PlateHash.fromEnvironment(System.getenv()) : null,
        metrics ->
            store == null
                ? null
                : new EvidenceWriters(
                    store, evidence.writers(), evidence.queueSize(), new EvidenceMetrics(metrics)));
  }

  /** Without a key everything is read locally; logged once, here. */
  private static LadderConfig ladder(JobConfig config) {
    LadderConfig ladder = config.reading().ladder();
    if (ladder.gemini() && config.gemini().endpoint().key() == null) {
      LOG.info(
          "No Gemini key (gemini.api-key, GEMINI_API_KEY or GOOGLE_API_KEY): plates are read"
              + " locally only");
      return ladder.withoutGemini();
    }
    return ladder;
  }

  private static SecondReader.Factory secondReader(JobConfig config) {
    GeminiConfig gemini = config.gemini();
    PostgresConfig postgres = config.postgres();
    return () -> GeminiSecondReader.open(gemini, () -> PostgresBudgets.open(postgres, gemini));
  }

  private static PlateReader reader(ReadingConfig config) {
    ReaderConfig local = config.local();
    return switch (config.readers()) {
      case LOCAL -> LocalPlateReader.shared(local);
      case TESSERACT -> TesseractPlateReader.open();
      case LADDER ->
          new ReadingLadder(
              List.of(LocalPlateReader.shared(local), TesseractPlateReader.open()),
              local.minConfidence());
    };
  }

  private static EvidenceKeeper.Factory evidence(JobConfig config) {
    EvidenceConfig evidence = config.evidence();
    if (evidence.directory() == null) {
      return metrics -> EvidenceKeeper.NOTHING;
    }
    EvidenceStore store = new EvidenceStore(evidence.directory());
    boolean blur = config.privacy().blurPlates();
    return metrics -> new StoredEvidence(store, evidence, blur, metrics);
  }
}
