package io.plateflow.jobs.enrich;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.listMatch;
import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.pass.Alert;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {

  private static final List<ListMatch> BLACK =
      List.of(listMatch(AccessList.BLACKLIST, "B1234XYZ", 0));
  private static final List<ListMatch> OTHER =
      List.of(listMatch(AccessList.BLACKLIST, "B1284XYZ", 0));
  private static final List<ListMatch> WHITE =
      List.of(listMatch(AccessList.WHITELIST, "B1234XYZ", 0));
  private static final List<ListMatch> NONE = List.of();

  @Test
  void raisesProvisionallyAndConfirmsUnderTheSameId() {
    Alert first = AlertPolicy.next(null, provisional("B1234XYZ"), BLACK, START);
    assertThat(first.state()).isEqualTo(Alert.State.PROVISIONAL);
    assertThat(first.revision()).isZero();

    Alert second = AlertPolicy.next(first, finished("B1234XYZ"), BLACK, START);
    assertThat(second.state()).isEqualTo(Alert.State.CONFIRMED);
    assertThat(second.revision()).isEqualTo(1);
    assertThat(second.alertId()).isEqualTo(first.alertId()).isEqualTo("pass-1");
  }

  @Test
  void saysNothingTwice() {
    Alert first = AlertPolicy.next(null, provisional("B1234XYZ"), BLACK, START);
    assertThat(AlertPolicy.next(first, provisional("B1234XYZ"), BLACK, START)).isNull();
  }

  @Test
  void correctsWhenTheReadTurnsOutToBeAnotherListedPlate() {
    Alert first = AlertPolicy.next(null, provisional("B1234XYZ"), BLACK, START);
    Alert second = AlertPolicy.next(first, finished("B1284XYZ"), OTHER, START);
    assertThat(second.state()).isEqualTo(Alert.State.CORRECTED);
    assertThat(second.match().listedPlate()).isEqualTo("B1284XYZ");
  }

  @Test
  void withdrawsWhenThePlateIsOnNoListAndRaisesAgainWhenItIs() {
    Alert first = AlertPolicy.next(null, provisional("B1234XYZ"), BLACK, START);
    Alert second = AlertPolicy.next(first, provisional("B9999XYZ"), NONE, START);
    assertThat(second.state()).isEqualTo(Alert.State.WITHDRAWN);
    assertThat(second.matches()).isEqualTo(BLACK);
    assertThat(AlertPolicy.next(second, provisional("B9999XYZ"), NONE, START)).isNull();

    Alert third = AlertPolicy.next(second, finished("B1234XYZ"), BLACK, START);
    assertThat(third.state()).isEqualTo(Alert.State.CORRECTED);
    assertThat(third.revision()).isEqualTo(2);
  }

  @Test
  void aFinishedPassIsConfirmedAtOnce() {
    assertThat(AlertPolicy.next(null, finished("B1234XYZ"), BLACK, START).state())
        .isEqualTo(Alert.State.CONFIRMED);
  }

  @Test
  void theWhitelistRaisesNothing() {
    assertThat(AlertPolicy.next(null, finished("B1234XYZ"), WHITE, START)).isNull();
    assertThat(AlertPolicy.next(null, finished("B1234XYZ"), NONE, START)).isNull();
  }

  @Test
  void oneAlertTellsAllListsAndIsRevisedWhenTheyChange() {
    ListMatch watched =
        listMatch(
            new AccessList(
                "watch", "Watch", ListMeaning.ALERT, null, null, null, null, 1, START, null, false),
            "B1234XYZ",
            0);
    List<ListMatch> both = List.of(BLACK.get(0), watched);
    Alert first = AlertPolicy.next(null, provisional("B1234XYZ"), BLACK, START);
    Alert second = AlertPolicy.next(first, provisional("B1234XYZ"), both, START);
    assertThat(second.state()).isEqualTo(Alert.State.PROVISIONAL);
    assertThat(second.revision()).isEqualTo(1);
    assertThat(second.matches()).isEqualTo(both);

    Alert third = AlertPolicy.next(second, finished("B1234XYZ"), List.of(watched), START);
    assertThat(third.state()).isEqualTo(Alert.State.CONFIRMED);
    assertThat(AlertPolicy.next(third, finished("B1234XYZ"), List.of(watched), START)).isNull();
  }

  private static PassUpdate provisional(String text) {
    return update(pass("pass-1", text), Stage.PROVISIONAL);
  }

  private static PassUpdate finished(String text) {
    return update(pass("pass-1", text), Stage.FINISHED);
  }
}
