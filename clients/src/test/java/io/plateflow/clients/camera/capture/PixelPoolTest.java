package io.plateflow.clients.camera.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PixelPoolTest {

  @Test
  void usesBuffersAgain() throws Exception {
    PixelPool pool = new PixelPool("a", 2);
    Pixels first = pool.lend(4, 4);
    ByteBuffer buffer = first.bgr();
    first.release();
    first.release();
    assertThat(pool.lent()).isZero();
    assertThat(pool.lend(4, 4).bgr()).isSameAs(buffer);
  }

  @Test
  void waitsForARelease() throws Exception {
    PixelPool pool = new PixelPool("a", 1);
    Pixels first = pool.lend(4, 4);
    assertThat(pool.hasFree()).isFalse();
    CompletableFuture<Pixels> second = lendElsewhere(pool);
    assertThat(second).isNotDone();
    first.release();
    assertThat(second.get().width()).isEqualTo(4);
  }

  @Test
  void closingWakesWhoWaits() throws Exception {
    PixelPool pool = new PixelPool("a", 1);
    Pixels first = pool.lend(4, 4);
    CompletableFuture<Pixels> second = lendElsewhere(pool);
    pool.close();
    assertThatThrownBy(second::get).hasRootCauseInstanceOf(InterruptedException.class);
    assertThat(first.bgr().capacity()).isEqualTo(48);
    first.release();
  }

  @Test
  void aNewPictureSizeGetsNewBuffers() throws Exception {
    PixelPool pool = new PixelPool("a", 1);
    pool.lend(4, 4).release();
    assertThat(pool.lend(8, 2 * 4).bgr().capacity()).isEqualTo(8 * 8 * 3);
  }

  private static CompletableFuture<Pixels> lendElsewhere(PixelPool pool) {
    CompletableFuture<Pixels> lent = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                lent.complete(pool.lend(4, 4));
              } catch (InterruptedException e) {
                lent.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return lent;
  }
}
