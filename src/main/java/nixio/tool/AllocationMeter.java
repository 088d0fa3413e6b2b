package nixio.tool;

/** How much of the heap the current thread has taken so far. */
interface AllocationMeter {
  /** This JVM doesn't count, or the module that tells isn't there. */
  long UNKNOWN = -1;

  long bytes();

  static AllocationMeter ofThisJvm() {
    try {
      return ThreadAllocations.meter();
    } catch (LinkageError | UnsupportedOperationException e) {
      // jdk.management is an optional module: a small run-time image may lack it.
      return () -> UNKNOWN;
    }
  }
}
