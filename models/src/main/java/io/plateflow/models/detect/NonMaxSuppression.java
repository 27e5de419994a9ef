package io.plateflow.models.detect;

import java.util.ArrayList;
import java.util.List;

/** Greedy non-maximum suppression within each class. */
public final class NonMaxSuppression {

  // Far more than a frame holds; keeps the work bounded where a model floods.
  private static final int MOST_CANDIDATES = 3000;

  private final double iou;
  private final int mostKept;

  /**
   * @param iou overlap from which two boxes of a class are one object, 0..1
   * @param mostKept boxes of a picture, at most
   */
  public NonMaxSuppression(double iou, int mostKept) {
    this.iou = iou;
    this.mostKept = mostKept;
  }

  /**
   * @param candidates best first
   */
  public List<Candidate> keep(List<Candidate> candidates) {
    List<Candidate> kept = new ArrayList<>();
    for (Candidate candidate :
        candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size()))) {
      if (kept.size() == mostKept) {
        break;
      }
      if (kept.stream().noneMatch(better -> same(better, candidate))) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private boolean same(Candidate a, Candidate b) {
    return a.label() == b.label() && a.box().iou(b.box()) > iou;
  }
}
