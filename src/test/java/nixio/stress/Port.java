package nixio.stress;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nixio.Address;

/** A listener. */
final class Port {
  private static final AtomicInteger COUNT = new AtomicInteger();

  final Description description;
  final Address address;

  private final long end;

  Port(Description description, Address address, SplittableRandom random) {
    this.description = description;
    this.address = address;
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(100, 3000));
  }

  static String name(Kind kind) {
    return kind + " listener " + COUNT.incrementAndGet();
  }

  boolean isOver() {
    return description.gone || System.nanoTime() - end >= 0;
  }

  /** Who connects to a listener from an address. */
  record Guest(Port port, Address from) {}
}
