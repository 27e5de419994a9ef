package io.plateflow.jobs.enrich;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {

  private static final StatusMatch BLACK =
      new StatusMatch("B1234XYZ", PlateListType.BLACKLIST, 0, 0.6);
  private static final StatusMatch OTHER =
      new StatusMatch("B1284XYZ", PlateListType.BLACKLIST, 0, 0.6);
  private static final StatusMatch WHITE =
      new StatusMatch("B1234XYZ", PlateListType.WHITELIST, 0, 0.6);

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
    Alert second = AlertPolicy.next(first, provisional("B9999XYZ"), null, START);
    assertThat(second.state()).isEqualTo(Alert.State.WITHDRAWN);
    assertThat(second.match()).isEqualTo(BLACK);
    assertThat(AlertPolicy.next(second, provisional("B9999XYZ"), null, START)).isNull();

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
    assertThat(AlertPolicy.next(null, finished("B1234XYZ"), null, START)).isNull();
  }

  private static PassUpdate provisional(String text) {
    return update(pass("pass-1", text), Stage.PROVISIONAL);
  }

  private static PassUpdate finished(String text) {
    return update(pass("pass-1", text), Stage.FINISHED);
  }
}
