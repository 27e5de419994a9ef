package io.plateflow.jobs.evidence;

import static io.plateflow.jobs.TestFrames.listMatch;
import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.clients.evidence.PictureStore;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.VehiclePass;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ListedPicturesTest {

  private static final Evidence STORED = new Evidence("frame", "vehicle", "plate");
  private static final List<ListMatch> BLACK =
      List.of(listMatch(AccessList.BLACKLIST, "B1234XYZ", 0));
  private static final List<ListMatch> WHITE =
      List.of(listMatch(AccessList.WHITELIST, "B1234XYZ", 0));

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  private final PictureStore store =
      new PictureStore() {
        @Override
        public void write(String path, byte[] picture) {
          files.put(path, picture);
        }

        @Override
        public void delete(String path) {
          files.remove(path);
        }

        @Override
        public void touch(String path) {
          throw new AssertionError("nothing is touched here");
        }
      };

  private final ListedPictures pictures =
      new ListedPictures(
          new EvidenceWriters(store, 1, 10, new EvidenceMetrics(new UnregisteredMetricsGroup())));

  @AfterEach
  void close() {
    pictures.close();
  }

  @Test
  void aPlateOnNoListLeavesNoPicture() throws Exception {
    VehiclePass told = pictures.settle(seen(Stage.FINISHED), List.of(), null);
    pictures.flush();
    assertThat(told.evidence()).isEqualTo(new Evidence("frame", "vehicle", null));
    assertThat(files).isEmpty();
  }

  @Test
  void anAlertShowsThePlateAtOnceAnInvitedGuestWhenItHasPassed() throws Exception {
    VehiclePass alerted = pictures.settle(seen(Stage.PROVISIONAL), BLACK, null);
    pictures.flush();
    assertThat(alerted.evidence()).isEqualTo(STORED);
    assertThat(files).containsOnlyKeys("plate");
    files.clear();

    VehiclePass guest = pictures.settle(seen(Stage.PROVISIONAL), WHITE, null);
    pictures.flush();
    assertThat(guest.evidence().platePath()).isNull();
    assertThat(files).isEmpty();
    assertThat(pictures.settle(seen(Stage.STANDING), WHITE, guest).evidence()).isEqualTo(STORED);
    pictures.flush();
    assertThat(files).containsOnlyKeys("plate");
  }

  @Test
  void thePictureGoesWhenThePlateTurnsOutToBeAnotherOrThePassToBeNone() throws Exception {
    VehiclePass alerted = pictures.settle(seen(Stage.PROVISIONAL), BLACK, null);
    VehiclePass other = pictures.settle(seen(Stage.FINISHED), List.of(), alerted);
    pictures.flush();
    assertThat(other.evidence().platePath()).isNull();
    assertThat(files).isEmpty();

    VehiclePass again = pictures.settle(seen(Stage.PROVISIONAL), BLACK, null);
    pictures.discard(again);
    pictures.flush();
    assertThat(files).isEmpty();
  }

  @Test
  void withoutBlurThePassIsAsTheTrackerToldIt() throws Exception {
    ListedPictures none = new ListedPictures(null);
    assertThat(none.settle(seen(Stage.FINISHED), List.of(), null).evidence()).isEqualTo(STORED);
    none.flush();
    none.close();
  }

  private static PassUpdate seen(Stage stage) {
    PassUpdate told = update(pass("p1", "B1234XYZ").withEvidence(STORED), stage);
    return new PassUpdate(
        told.pass(), stage, told.local(), told.regions(), told.asked(), new byte[] {1});
  }
}
