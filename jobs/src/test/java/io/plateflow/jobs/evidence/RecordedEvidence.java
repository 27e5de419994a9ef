package io.plateflow.jobs.evidence;

import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.pass.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Names pictures by their frame and remembers what was asked. */
public final class RecordedEvidence implements EvidenceKeeper {

  public final List<String> kept = new ArrayList<>();
  public final List<String> published = new ArrayList<>();
  public final List<String> discarded = new ArrayList<>();
  public int flushes;
  public boolean closed;

  @Override
  public Kept keep(
      String passId,
      Frame frame,
      PairedDetection detection,
      List<PairedDetection> all,
      Evidence before) {
    kept.add("frame-" + frame.sequence());
    return new Kept(new Evidence("frame-" + frame.sequence(), null, null), null);
  }

  @Override
  public void inView(String passId, Evidence evidence) {}

  @Override
  public void publish(Evidence evidence) {
    published.add(evidence.framePath());
  }

  @Override
  public boolean await(Evidence evidence, Duration patience) {
    return true;
  }

  @Override
  public void discard(Evidence evidence) {
    discarded.add(evidence.framePath());
  }

  @Override
  public void flush() {
    flushes++;
  }

  @Override
  public void close() {
    closed = true;
  }
}
