package nixio.tool;

import java.io.IOException;
import java.util.concurrent.Callable;

/** A leg with a clock and a meter around it, read on the thread that runs it. */
final class MeasuredLeg implements Callable<MeasuredLeg.Result> {
  private final Leg leg;
  private final AllocationMeter meter;

  MeasuredLeg(Leg leg, AllocationMeter meter) {
    this.leg = leg;
    this.meter = meter;
  }

  @Override
  public Result call() throws IOException {
    long start = System.nanoTime();
    long before = meter.bytes();
    long calls = leg.run();
    long after = meter.bytes();
    boolean known = before != AllocationMeter.UNKNOWN && after != AllocationMeter.UNKNOWN;
    return new Result(
        calls, start, System.nanoTime(), known ? after - before : AllocationMeter.UNKNOWN);
  }

  /**
   * What it took.
   *
   * @param calls of the library
   * @param start in nanoseconds
   * @param end in nanoseconds
   * @param allocated bytes of heap, or {@link AllocationMeter#UNKNOWN}
   */
  record Result(long calls, long start, long end, long allocated) {}
}
