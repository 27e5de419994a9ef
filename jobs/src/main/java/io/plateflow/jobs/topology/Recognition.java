package io.plateflow.jobs.topology;

import io.plateflow.jobs.detect.FrameDetector;
import io.plateflow.jobs.detect.MotionGateConfig;
import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.privacy.Privacy;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.jobs.reading.SecondReader;
import io.plateflow.jobs.track.PassConfig;
import java.time.Duration;

/**
 * Detection, reading, tracking and evidence of the job.
 *
 * @param framesInFlight frames of one subtask that may be in the engine at once, at least 1
 * @param ladder when the second reader is asked
 * @param answerTimeout longest time an answer may take; above the second reader's own deadline
 * @param matchTolerance largest confusion-weighted distance between a read and an entry of the
 *     access list
 */
public record Recognition(
    FrameDetector.Factory detector,
    MotionGateConfig motion,
    int framesInFlight,
    PlateReading.Factory reading,
    LadderConfig ladder,
    SecondReader.Factory secondReader,
    Duration answerTimeout,
    PassConfig passes,
    EvidenceKeeper.Factory evidence,
    double matchTolerance,
    Privacy privacy) {}
