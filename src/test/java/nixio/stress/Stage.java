package nixio.stress;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What all threads of a run share. */
final class Stage {
  final long seed;
  final List<Kind> kinds;
  final Tally tally = new Tally();
  final Verdict verdict = new Verdict(tally);

  /** The lines; null where there is room for another. */
  final AtomicReferenceArray<Line> lines;

  /** The listeners. */
  final Map<Kind, Port> ports = new ConcurrentHashMap<>();

  /** The lines of those who wait to be accepted. */
  final Map<Port.Guest, Line> guests = new ConcurrentHashMap<>();

  final List<Caller> callers = new CopyOnWriteArrayList<>();

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean over;

  Stage(long seed, List<Kind> kinds, int lines) {
    this.seed = seed;
    this.kinds = kinds;
    this.lines = new AtomicReferenceArray<>(lines);
  }

  /** A caller for the calling thread, with numbers of its own. */
  Caller caller(int number) {
    Caller caller = new Caller(verdict, new SplittableRandom(Pattern.key(seed, number)));
    callers.add(caller);
    return caller;
  }

  /** A line that may be used, at random; null if there is none in that place. */
  Line line(SplittableRandom random) {
    return lines.get(random.nextInt(lines.length()));
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
    over = true;
  }

  /** The first failure, or null. */
  Throwable failure() {
    return failure.get();
  }
}
