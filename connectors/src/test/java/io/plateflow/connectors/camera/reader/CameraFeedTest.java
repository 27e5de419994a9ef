package io.plateflow.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.testing.FakeCamera;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.connectors.camera.testing.FakeClock;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus.State;
import io.plateflow.schemas.frame.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CameraFeedTest {

  private static final String LIVE = "rtsp://127.0.0.1/x";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final FakeClock clock = new FakeClock();
  private final FakeCamera camera = new FakeCamera();
  private final CountedMetrics metrics = new CountedMetrics();
  private final Semaphore events = new Semaphore(0);
  private CameraFeed feed;

  @AfterEach
  void stop() {
    if (feed != null) {
      feed.stop();
    }
    camera.releaseHanging();
  }

  @Test
  void theNewestLiveFramesWin() throws Exception {
    camera.live(10);
    start(TestCameras.camera("a", LIVE), "queue-size: 2");
    camera.awaitDrained();

    assertThat(pollAll())
        .extracting(CameraFeedTest::describe)
        .containsExactly("CONNECTING", "UP", "frame 8", "frame 9");
    assertThat(dropped("superseded")).isEqualTo(8);
  }

  @Test
  void aLiveCameraDropsWhenTheJobHoldsAllBuffers() throws Exception {
    camera.live(2);
    start(TestCameras.camera("a", LIVE), "{queue-size: 1, picture-buffers: 2}");
    camera.awaitDrained();
    List<FeedEvent> first = pollAll();
    camera.live(1);
    camera.awaitDrained();
    first.addAll(pollAll());
    assertThat(feed.pool.lent()).isEqualTo(2);

    camera.live(3);
    camera.awaitDrained();

    assertThat(pollAll()).isEmpty();
    assertThat(dropped("noBuffer")).isEqualTo(3);
    release(first);
    camera.live(1);
    camera.awaitDrained();
    assertThat(pollAll()).extracting(CameraFeedTest::describe).containsExactly("frame 6");
  }

  @Test
  void whatTheDecoderLeavesOutIsCountedToo() throws Exception {
    camera.live(1).leaveOut(24).live(1);
    start(TestCameras.camera("a", LIVE), "queue-size: 4");
    camera.awaitDrained();

    assertThat(pollAll())
        .extracting(CameraFeedTest::describe)
        .containsExactly("CONNECTING", "UP", "frame 0", "frame 25", "frame 26");
    assertThat(dropped("decoderBehind")).isEqualTo(24);
  }

  @Test
  void liveTimesNeverGoBack() throws Exception {
    camera.live(1);
    start(TestCameras.camera("a", LIVE), "{queue-size: 8, picture-buffers: 9}");
    camera.awaitDrained();
    clock.setWallClock(Duration.ofHours(-1));
    camera.live(2);
    camera.awaitDrained();

    List<Instant> times =
        pollAll().stream()
            .filter(FeedEvent.Picture.class::isInstance)
            .map(event -> ((FeedEvent.Picture) event).frame().capturedAt())
            .toList();
    assertThat(times).hasSize(3).isSorted().doesNotHaveDuplicates();
  }

  /** The times that were given already must not count against the frames that follow. */
  @Test
  void aClockThatWasAnHourAheadLeavesARateCapInForce() throws Exception {
    start(
        TestCameras.camera("a", LIVE, null, 1),
        "{queue-size: 8, picture-buffers: 9, read-timeout: 1h, connect-timeout: 1h}");
    clock.setWallClock(Duration.ofHours(1));
    camera.live(1);
    camera.awaitDrained();
    clock.setWallClock(Duration.ZERO);
    for (int second = 0; second < 8; second++) {
      clock.advance(Duration.ofSeconds(1));
      camera.live(1);
      camera.awaitDrained();
    }

    long taken = pollAll().stream().filter(FeedEvent.Picture.class::isInstance).count();
    assertThat(taken).isEqualTo(1 + 4);
  }

  @Test
  void aFilmWaitsForTheJob() throws Exception {
    camera.film(10).end();
    start(TestCameras.camera("a", "a.mp4"), "{queue-size: 2, picture-buffers: 3}");

    List<String> seen = new ArrayList<>();
    while (!seen.contains("ENDED ")) {
      FeedEvent event = await();
      assertThat(feed.pool.lent()).isLessThanOrEqualTo(3);
      seen.add(describe(event));
      release(List.of(event));
    }

    assertThat(seen)
        .containsExactly(
            "CONNECTING",
            "UP",
            "frame 0",
            "frame 1",
            "frame 2",
            "frame 3",
            "frame 4",
            "frame 5",
            "frame 6",
            "frame 7",
            "frame 8",
            "frame 9",
            "ENDED ");
  }

  @Test
  void pausesGrowWhileACameraStaysAway() throws Exception {
    camera.failOpening(4).live(1);
    start(TestCameras.camera("a", LIVE), "{initial-backoff: 1s, max-backoff: 30s}");
    camera.awaitDrained();

    assertThat(pollAll())
        .extracting(CameraFeedTest::describe)
        .startsWith("CONNECTING", "DOWN refused", "CONNECTING", "DOWN refused")
        .endsWith("CONNECTING", "UP", "frame 0");
    assertThat(clock.pauses()).hasSize(4);
    for (int n = 0; n < 4; n++) {
      assertThat(clock.pauses().get(n))
          .isBetween(Duration.ofMillis(500L << n), Duration.ofSeconds(1L << n));
    }
    assertThat(metrics.value("camera.a.reconnects")).isEqualTo(4);
  }

  @Test
  void aCallThatCannotBeAbortedIsLeftBehind() throws Exception {
    camera.live(1).hang();
    start(TestCameras.camera("a", LIVE), "read-timeout: 10s");
    camera.awaitHanging();

    feed.check();
    assertThat(pollAll())
        .extracting(CameraFeedTest::describe)
        .containsExactly("CONNECTING", "UP", "frame 0");

    clock.advance(LIMIT.plusMillis(1));
    feed.check();
    assertThat(pollAll())
        .extracting(CameraFeedTest::describe)
        .containsExactly("DOWN no answer within 10000 ms");

    clock.advance(LIMIT);
    feed.check();
    camera.live(1);
    camera.awaitDrained();
    assertThat(pollAll())
        .extracting(CameraFeedTest::describe)
        .containsExactly("CONNECTING", "UP", "frame 1");

    camera.releaseHanging();
    feed.check();
    assertThat(pollAll()).as("what was left behind has no say any more").isEmpty();
    assertThat(camera.openings()).isEqualTo(2);
  }

  @Test
  void stoppingWaitsForNobody() throws Exception {
    camera.live(3).hang();
    start(TestCameras.camera("a", LIVE), "queue-size: 2");
    camera.awaitHanging();

    feed.stop();

    assertThat(feed.pool.lent()).as("what was queued is released").isZero();
    assertThat(feed.isEmpty()).isTrue();
  }

  @Test
  void aFilmIsPlayedAtItsOwnSpeedWhereAsked() throws Exception {
    camera.film(4).end();
    start(TestCameras.camera("a", "a.mp4"), "{realtime: true, queue-size: 8, picture-buffers: 9}");
    awaitEnd();

    assertThat(clock.pauses())
        .containsExactly(Duration.ofMillis(40), Duration.ofMillis(40), Duration.ofMillis(40));
  }

  @Test
  void aThinnedFilmContinuesAsItBegan() throws Exception {
    camera.film(30).end();
    start(TestCameras.camera("a", "a.mp4", null, 10), "{queue-size: 40, picture-buffers: 41}");
    List<FeedEvent> whole = awaitEnd();
    List<String> frames =
        whole.stream()
            .filter(FeedEvent.Picture.class::isInstance)
            .map(CameraFeedTest::describe)
            .toList();
    assertThat(frames).hasSizeBetween(12, 13);
    FeedEvent.Picture third =
        (FeedEvent.Picture)
            whole.stream().filter(FeedEvent.Picture.class::isInstance).skip(2).findFirst().get();
    feed.stop();

    FakeCamera again = new FakeCamera().film(30).end();
    CameraPosition position =
        new CameraPosition(
            third.frame().sequence() + 1,
            third.timestampMicros(),
            null,
            third.frame().capturedAt(),
            third.nextDueMicros(),
            3,
            0,
            false);
    start(
        new CameraSplit(TestCameras.camera("a", "a.mp4", null, 10), position),
        again,
        "{queue-size: 40, picture-buffers: 41}");
    assertThat(
            awaitEnd().stream()
                .filter(FeedEvent.Picture.class::isInstance)
                .map(CameraFeedTest::describe))
        .isEqualTo(frames.subList(3, frames.size()));
  }

  @Test
  void whatCannotBeReadEndsInARunThatHasToEnd() throws Exception {
    camera.failOpening(1);
    start(TestCameras.camera("a", "a.mp4"), "finite: true");
    assertThat(awaitEnd())
        .extracting(CameraFeedTest::describe)
        .containsExactly("CONNECTING", "rejected film 0: refused", "ENDED refused");
  }

  @Test
  void aFileThatIsMissingIsTriedAgainOtherwise() throws Exception {
    camera.failOpening(1).film(1).end();
    start(TestCameras.camera("a", "a.mp4"), "finite: false");
    assertThat(awaitEnd())
        .extracting(CameraFeedTest::describe)
        .containsExactly("CONNECTING", "DOWN refused", "CONNECTING", "UP", "frame 0", "ENDED ");
  }

  @Test
  void aFilmThatBreaksOffIsRejectedAndEnds() throws Exception {
    camera.film(2).fail("reading stopped");
    start(TestCameras.camera("a", "a.mp4"), "queue-size: 4");
    assertThat(awaitEnd())
        .extracting(CameraFeedTest::describe)
        .containsExactly(
            "CONNECTING",
            "UP",
            "frame 0",
            "frame 1",
            "rejected film 2: reading stopped",
            "ENDED reading stopped");
  }

  /** As an EOFException does. */
  @Test
  void aFailureThatSaysNothingEndsItsFilmLikeAnother() throws Exception {
    camera.film(1).fail(null);
    start(TestCameras.camera("a", "a.mp4"), "queue-size: 4");
    assertThat(awaitEnd())
        .extracting(CameraFeedTest::describe)
        .endsWith("rejected film 1: java.io.IOException", "ENDED java.io.IOException");
  }

  @Test
  void aFailureThatSaysNothingLeavesALiveCameraDownForAReason() throws Exception {
    camera.live(1).fail(null);
    start(TestCameras.camera("a", LIVE), "queue-size: 4");
    camera.awaitDrained();
    assertThat(pollAll()).extracting(CameraFeedTest::describe).contains("DOWN java.io.IOException");
  }

  @Test
  void aDamagedLiveFrameIsRejectedAndTheCameraStaysUp() throws Exception {
    camera.live(1).damaged().live(1);
    start(TestCameras.camera("a", LIVE), "queue-size: 4");
    camera.awaitDrained();
    assertThat(pollAll())
        .extracting(CameraFeedTest::describe)
        .containsExactly(
            "CONNECTING", "UP", "frame 0", "rejected frame 1: found damage", "frame 2");
  }

  private void start(CameraDefinition definition, String options) {
    start(CameraSplit.fresh(definition), camera, options);
  }

  private void start(CameraSplit split, FakeCamera clients, String yaml) {
    FrameSourceConfig config = TestCameras.options(yaml);
    feed =
        new CameraFeed(
            split,
            config,
            clients,
            clock,
            new SplittableRandom(1),
            new CameraMetrics(metrics, split.splitId()),
            events::release);
    feed.start();
  }

  private List<FeedEvent> pollAll() {
    List<FeedEvent> all = new ArrayList<>();
    for (FeedEvent event = feed.poll(); event != null; event = feed.poll()) {
      all.add(event);
    }
    return all;
  }

  private FeedEvent await() throws InterruptedException {
    FeedEvent event = feed.poll();
    while (event == null) {
      events.acquire();
      event = feed.poll();
    }
    return event;
  }

  private List<FeedEvent> awaitEnd() throws InterruptedException {
    List<FeedEvent> all = new ArrayList<>();
    do {
      all.add(await());
    } while (!(all.get(all.size() - 1) instanceof FeedEvent.Change change
        && change.state() == State.ENDED));
    return all;
  }

  private long dropped(String reason) {
    return metrics.value("camera.a.reason.%s.dropped".formatted(reason));
  }

  private static void release(List<FeedEvent> events) {
    for (FeedEvent event : events) {
      if (event instanceof FeedEvent.Picture picture) {
        picture.frame().pixels().release();
      }
    }
  }

  private static String describe(FeedEvent event) {
    if (event instanceof FeedEvent.Picture picture) {
      Frame frame = picture.frame();
      return "frame " + frame.sequence();
    }
    if (event instanceof FeedEvent.Rejection rejection) {
      return "rejected %s %d: %s"
          .formatted(rejection.kind(), rejection.position(), rejection.reason());
    }
    FeedEvent.Change change = (FeedEvent.Change) event;
    return change.state() == State.CONNECTING || change.state() == State.UP
        ? change.state().name()
        : "%s %s".formatted(change.state(), change.reason());
  }
}
