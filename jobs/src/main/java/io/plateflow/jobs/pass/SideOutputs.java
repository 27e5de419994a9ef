package io.plateflow.jobs.pass;

import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.pass.Alert;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The side outputs of the operators. */
public final class SideOutputs {
  public static final OutputTag<RejectedRecord> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(RejectedRecord.class));
  public static final OutputTag<CameraStatus> CAMERAS =
      new OutputTag<>("cameras", TypeInformation.of(CameraStatus.class));
  public static final OutputTag<Alert> ALERTS =
      new OutputTag<>("alerts", TypeInformation.of(Alert.class));
  public static final OutputTag<AccessDecision> ACCESS =
      new OutputTag<>("access", TypeInformation.of(AccessDecision.class));
  public static final OutputTag<GateReport> GATE_PASSES =
      new OutputTag<>("gate-passes", TypeInformation.of(GateReport.class));

  public static final OutputTag<NotedCorrection> CORRECTIONS =
      new OutputTag<>("corrections", TypeInformation.of(NotedCorrection.class));
  public static final OutputTag<RulePass> RULE_PASSES =
      new OutputTag<>("rule-passes", TypeInformation.of(RulePass.class));

  private SideOutputs() {}
}
