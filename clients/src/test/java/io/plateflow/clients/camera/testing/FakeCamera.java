package io.plateflow.clients.camera.testing;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.CameraClientFactory;
import io.plateflow.clients.camera.capture.GrabbedFrame;
import io.plateflow.clients.camera.capture.PixelPool;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;

/** A camera that does what a test tells it; its clients take one step after the other. */
public final class FakeCamera implements CameraClientFactory {

  private static final long serialVersionUID = 1L;

  private interface Step {
    GrabbedFrame take() throws IOException;
  }

  private final transient ArrayDeque<Step> steps = new ArrayDeque<>();
  private final transient CountDownLatch hangs = new CountDownLatch(1);
  private int failingOpenings;
  private volatile int leftOut;
  private int openings;
  private boolean waiting;
  private boolean hanging;

  /** The first so many attempts to open it fail. */
  public synchronized FakeCamera failOpening(int times) {
    failingOpenings = times;
    return this;
  }

  public FakeCamera live(int frames) {
    for (int n = 0; n < frames; n++) {
      add(() -> new GrabbedFrame(-1, -1, null, null, false, FakeCamera::picture));
    }
    return this;
  }

  /** The next picture comes after so many that the client left out. */
  public FakeCamera leaveOut(int pictures) {
    add(
        () -> {
          leftOut = leftOut + pictures;
          return new GrabbedFrame(-1, -1, null, null, false, FakeCamera::picture);
        });
    return this;
  }

  /** A film at 25 pictures per second. */
  public FakeCamera film(int frames) {
    return film(frames, -1);
  }

  /** The same with one damaged picture. */
  public FakeCamera film(int frames, int damaged) {
    for (int n = 0; n < frames; n++) {
      long sequence = n;
      long micros = n * 40_000L;
      GrabbedFrame.Loader loader = n == damaged ? FakeCamera::damage : FakeCamera::picture;
      add(
          () ->
              new GrabbedFrame(
                  sequence,
                  micros,
                  TestCameras.RECORDED_AT.plus(micros, ChronoUnit.MICROS),
                  null,
                  false,
                  loader));
    }
    return this;
  }

  public FakeCamera damaged() {
    add(() -> new GrabbedFrame(-1, -1, null, null, false, FakeCamera::damage));
    return this;
  }

  public FakeCamera end() {
    add(() -> null);
    return this;
  }

  public FakeCamera fail(String message) {
    add(
        () -> {
          throw new IOException(message);
        });
    return this;
  }

  /** A call that does not even end when it is aborted. */
  public FakeCamera hang() {
    add(
        () -> {
          synchronized (this) {
            hanging = true;
            notifyAll();
          }
          boolean released = false;
          while (!released) {
            try {
              hangs.await();
              released = true;
            } catch (InterruptedException e) {
              // As deaf as a native call.
            }
          }
          return new GrabbedFrame(-1, -1, null, null, false, FakeCamera::picture);
        });
    return this;
  }

  public void releaseHanging() {
    hangs.countDown();
  }

  public synchronized void awaitHanging() throws InterruptedException {
    while (!hanging) {
      wait();
    }
  }

  /** Until all steps are taken and a client waits for more. */
  public synchronized void awaitDrained() throws InterruptedException {
    while (!steps.isEmpty() || !waiting) {
      wait();
    }
  }

  public synchronized int openings() {
    return openings;
  }

  private synchronized void add(Step step) {
    steps.add(step);
    notifyAll();
  }

  private static Pixels picture(PixelPool pool, Rotation rotation) throws InterruptedException {
    return pool.lend(2, 2);
  }

  private static Pixels damage(PixelPool pool, Rotation rotation) throws UnreadableImageException {
    throw new UnreadableImageException("found damage");
  }

  @Override
  public CameraClient create(CameraDefinition camera) {
    return new Client();
  }

  private final class Client implements CameraClient {

    private boolean aborted;

    @Override
    public void open(CameraPosition from) throws IOException {
      synchronized (FakeCamera.this) {
        openings++;
        if (failingOpenings > 0) {
          failingOpenings--;
          throw new IOException("refused");
        }
      }
    }

    @Override
    public GrabbedFrame next() throws IOException {
      Step step;
      synchronized (FakeCamera.this) {
        while (steps.isEmpty() && !aborted) {
          waiting = true;
          FakeCamera.this.notifyAll();
          try {
            FakeCamera.this.wait();
          } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
          }
        }
        waiting = false;
        if (aborted) {
          throw new IOException("aborted");
        }
        step = steps.poll();
      }
      return step.take();
    }

    @Override
    public long leftOut() {
      return leftOut;
    }

    @Override
    public void abort() {
      synchronized (FakeCamera.this) {
        aborted = true;
        FakeCamera.this.notifyAll();
      }
    }

    @Override
    public void close() {}
  }
}
