package io.plateflow.models.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.TestPictures;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestQueueTest {

  private static final DetectionChoice BACKGROUND = new DetectionChoice(null, false, true);

  private final Pixels pixels = TestPictures.black(8, 8);
  private final RequestQueue queue = new RequestQueue();

  private DetectionRequest request(DetectionChoice choice, Duration ago) {
    return new DetectionRequest(
        pixels,
        DetectionAreas.WHOLE_FRAME,
        choice,
        new CompletableFuture<>(),
        System.nanoTime() - ago.toNanos());
  }

  @Test
  void camerasGoBeforePicturesThatCameEarlier() throws InterruptedException {
    DetectionRequest picture = request(BACKGROUND, Duration.ZERO);
    DetectionRequest frame = request(DetectionChoice.LIVE, Duration.ZERO);
    queue.add(picture);
    queue.add(frame);

    // Not in one batch, in which the frame would wait for the picture.
    assertThat(queue.take(8, Duration.ZERO)).containsExactly(frame);
    assertThat(queue.take(8, Duration.ZERO)).containsExactly(picture);
  }

  @Test
  void picturesShareABatch() throws InterruptedException {
    List<DetectionRequest> pictures =
        List.of(request(BACKGROUND, Duration.ZERO), request(BACKGROUND, Duration.ZERO));
    pictures.forEach(queue::add);

    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.take(8, Duration.ZERO)).containsExactlyElementsOf(pictures);
  }

  @Test
  void aPictureThatWaitsTooLongHasItsTurn() throws InterruptedException {
    DetectionRequest picture = request(BACKGROUND, Duration.ofSeconds(3));
    DetectionRequest frame = request(DetectionChoice.LIVE, Duration.ZERO);
    queue.add(frame);
    queue.add(picture);

    assertThat(queue.take(1, Duration.ZERO)).containsExactly(picture);
    assertThat(queue.take(1, Duration.ZERO)).containsExactly(frame);
  }
}
