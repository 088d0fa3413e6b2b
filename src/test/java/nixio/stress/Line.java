package nixio.stress;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Two ends that are connected with each other, or will be; one, if it talks to itself. */
final class Line {
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private static final AtomicInteger COUNT = new AtomicInteger();

  final Kind kind;
  final Description near;
  final Description far;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicBoolean finishing = new AtomicBoolean();
  private volatile boolean quiet;
  private volatile long end;

  Line(Kind kind, long seed, SplittableRandom random) {
    int number = COUNT.incrementAndGet();
    this.kind = kind;
    near = new Description(kind, kind + " line " + number + " near");
    near.out = flow(seed, random);
    if (kind == Kind.PING) {
      far = near;
      near.in = near.out;
    } else {
      far = new Description(kind, kind + " line " + number + " far");
      far.out = flow(seed, random);
      far.in = near.out;
      near.in = far.out;
      near.peer = far;
      far.peer = near;
    }
    double part = random.nextDouble(); // short lives are more frequent
    end = System.nanoTime() + (long) (part * part * LONGEST_NANOS);
  }

  private Flow flow(long seed, SplittableRandom random) {
    if (!kind.isStream()) {
      return new PacketFlow(seed);
    }
    return random.nextBoolean()
        ? new OrderedFlow(seed, random.nextInt(3) == 0)
        : new WholeFlow(seed);
  }

  List<Description> ends() {
    return near == far ? List.of(near) : List.of(near, far);
  }

  /** Whether the caller may do something on it; if so, {@link #exit} is to follow. */
  boolean enter() {
    inside.incrementAndGet();
    if (quiet) {
      exit();
      return false;
    }
    return true;
  }

  void exit() {
    inside.decrementAndGet();
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean isEmpty() {
    return inside.get() == 0;
  }

  /** Its life is over. */
  void expire() {
    end = System.nanoTime();
  }

  /** Whether the caller is to finish it. */
  boolean claimFinish(boolean now) {
    boolean due =
        now || System.nanoTime() - end >= 0 || (near.gone && (far.gone || far.first() == null));
    return due && finishing.compareAndSet(false, true);
  }

  /** From now on nobody may enter. */
  void hush() {
    quiet = true;
  }
}
