package io.plateflow.jobs.topology;

import io.plateflow.clients.lists.ListRecord;
import io.plateflow.connectors.corrections.CorrectionRecordSerializer;
import io.plateflow.connectors.lists.ListRecordSerializer;
import io.plateflow.jobs.corrections.CorrectionCase;
import io.plateflow.jobs.corrections.CorrectionInputs;
import io.plateflow.jobs.corrections.CorrectionLookup;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/** From the topic of corrections to where they are put on passes. */
final class CorrectionBranch {

  /** People make them one at a time; a program that makes many waits for the tables. */
  private static final int WAITING = 100;

  private static final TypeInformation<Either<ListRecord, CorrectionCase>> LIST_OR_CORRECTION =
      new EitherTypeInfo<>(ListRecordSerializer.TYPE, TypeInformation.of(CorrectionCase.class));

  private CorrectionBranch() {}

  /** The corrections, with what the tables know of their passes, together with the lists. */
  static DataStream<Either<ListRecord, CorrectionCase>> withLists(
      StreamExecutionEnvironment env,
      @Nullable CorrectionInputs inputs,
      DataStream<ListRecord> lists) {
    DataStream<Either<ListRecord, CorrectionCase>> toMatch =
        lists
            .map(list -> Either.<ListRecord, CorrectionCase>Left(list))
            .returns(LIST_OR_CORRECTION)
            .uid(Uids.LISTS_TO_MATCH)
            .name("Lists to match")
            .setParallelism(1);
    if (inputs == null) {
      return toMatch;
    }
    DataStream<CorrectionCase> cases =
        AsyncDataStream.orderedWait(
                env.fromSource(
                        inputs.records(),
                        AlwaysIdleWatermarks.strategy(),
                        "Corrections",
                        CorrectionRecordSerializer.TYPE)
                    .uid(Uids.CORRECTIONS_SOURCE)
                    .setParallelism(1),
                new CorrectionLookup(inputs.archive()),
                // Without a limit: it waits for the tables, however long they are away.
                0,
                TimeUnit.MILLISECONDS,
                WAITING)
            .returns(TypeInformation.of(CorrectionCase.class))
            .uid(Uids.CORRECTION_LOOKUP)
            .name("Look up corrected passes")
            .setParallelism(1);
    return toMatch.union(
        cases
            .map(one -> Either.<ListRecord, CorrectionCase>Right(one))
            .returns(LIST_OR_CORRECTION)
            .uid(Uids.CORRECTIONS)
            .name("Corrections to apply")
            .setParallelism(1));
  }
}
