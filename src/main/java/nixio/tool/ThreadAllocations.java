package nixio.tool;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The only class that needs the module jdk.management, so that the others load without it. */
final class ThreadAllocations {
  private ThreadAllocations() {}

  static AllocationMeter meter() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        && threads.isThreadAllocatedMemorySupported()
        && threads.isThreadAllocatedMemoryEnabled()) {
      return threads::getCurrentThreadAllocatedBytes;
    }
    throw new UnsupportedOperationException("this JVM counts no allocations");
  }
}
