package nixio.io;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** What Java Flight Recorder is told of a virtual thread that parks until a poller wakes it. */
final class PollerWait {
  /** Instead of a descriptor: there are several. */
  static final int SEVERAL = -1;

  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private PollerWait() {}

  /** A wait that begins, or null if nobody wants to know. */
  static Told begin(int fd) {
    return PRESENT && FlightRecorder.isInitialized() ? Told.begun(fd) : null;
  }

  /** The event; a class of its own, so that it is not touched before a recorder is there. */
  @Name("nixio.PollerWait")
  @Label("Poller Wait")
  @Description("A virtual thread waits, parked, for its descriptor to be ready")
  @Category("nixio")
  @Enabled(false)
  @Threshold("20 ms")
  static final class Told extends Event {
    @Label("Descriptor")
    @Description("-1 where several are waited for together")
    int descriptor;

    /** The event itself is asked: while the recorder starts, its type may not be known yet. */
    private static Told begun(int fd) {
      Told event = new Told();
      if (!event.isEnabled()) {
        return null;
      }
      event.descriptor = fd;
      event.begin();
      return event;
    }
  }
}
