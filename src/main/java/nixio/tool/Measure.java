package nixio.tool;

/**
 * What one side, or both together, did and what it cost.
 *
 * @param bytes how many went through
 * @param sends calls on the sending side, acknowledgements included
 * @param receives calls on the receiving side, likewise
 * @param nanos from the first send to the last receive
 * @param allocated bytes of heap taken by both threads, or {@link AllocationMeter#UNKNOWN}
 */
record Measure(long bytes, long sends, long receives, long nanos, long allocated) {
  static final Measure NOTHING = new Measure(0, 0, 0, 0, 0);

  Measure plus(Measure next) {
    boolean known =
        allocated != AllocationMeter.UNKNOWN && next.allocated != AllocationMeter.UNKNOWN;
    return new Measure(
        bytes + next.bytes,
        sends + next.sends,
        receives + next.receives,
        nanos + next.nanos,
        known ? allocated + next.allocated : AllocationMeter.UNKNOWN);
  }

  /** Of both sides; zero is told from almost zero. */
  String allocatedPerCall() {
    long calls = sends + receives;
    if (allocated == AllocationMeter.UNKNOWN) {
      return "n/a";
    }
    if (allocated == 0 || calls == 0) {
      return "0";
    }
    return String.format(java.util.Locale.ROOT, "%.2f", (double) allocated / calls);
  }
}
