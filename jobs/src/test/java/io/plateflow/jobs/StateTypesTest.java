package io.plateflow.jobs;

import io.plateflow.jobs.corrections.CorrectionCase;
import io.plateflow.jobs.enrich.EndedPass;
import io.plateflow.jobs.enrich.OpenPass;
import io.plateflow.jobs.ladder.PendingPass;
import io.plateflow.jobs.parking.PlateHistory;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.pass.NotedCorrection;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.pass.RulePass;
import io.plateflow.jobs.reads.KnownRecords;
import io.plateflow.jobs.reads.OutsideRead;
import io.plateflow.jobs.reads.RecentPasses;
import io.plateflow.jobs.rules.KeptPass;
import io.plateflow.jobs.rules.Outage;
import io.plateflow.jobs.rules.OutageReport;
import io.plateflow.jobs.rules.RuleVerdict;
import io.plateflow.jobs.rules.SiteFill;
import io.plateflow.jobs.rules.SiteMove;
import io.plateflow.jobs.rules.ToldAlert;
import io.plateflow.jobs.rules.VisitInView;
import io.plateflow.jobs.track.CameraTracks;
import io.plateflow.jobs.track.DormantPass;
import io.plateflow.jobs.track.EarlierTracks;
import io.plateflow.jobs.track.PassDraft;
import io.plateflow.jobs.track.PlateCrop;
import io.plateflow.jobs.track.Publication;
import io.plateflow.jobs.track.ReadHistory;
import io.plateflow.jobs.track.RestingPlace;
import io.plateflow.jobs.track.Sighting;
import io.plateflow.models.motion.MotionReference;
import io.plateflow.models.track.TrackerState;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.Site;
import io.plateflow.schemas.status.PlateStatus;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses operators or is kept in state must not fall to Kryo. */
class StateTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        AccessDecision.class,
        AccessList.class,
        Alert.class,
        CameraStatus.class,
        CameraTracks.class,
        DormantPass.class,
        EarlierTracks.class,
        CorrectionCase.class,
        EndedPass.class,
        NotedCorrection.class,
        GatePass.class,
        GateReport.class,
        KnownRecords.class,
        KeptPass.class,
        ListEntry.class,
        MotionReference.class,
        OutageReport.class,
        Outage.class,
        OpenPass.class,
        PassDraft.class,
        PassUpdate.class,
        PlateCrop.class,
        PlateHistory.class,
        PendingPass.class,
        PlateRead.class,
        PlateStatus.class,
        Publication.class,
        OutsideRead.class,
        RecentPasses.class,
        ReadAnswer.class,
        ReadHistory.class,
        ReadRequest.class,
        RejectedRecord.class,
        RestingPlace.class,
        Rule.class,
        RuleAlert.class,
        RulePass.class,
        RuleVerdict.class,
        Sighting.class,
        Site.class,
        SiteFill.class,
        SiteMove.class,
        ToldAlert.class,
        TrackerState.class,
        VehiclePass.class,
        VisitInView.class,
        VisitUpdate.class,
      })
  void serializesAsPojo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }
}
