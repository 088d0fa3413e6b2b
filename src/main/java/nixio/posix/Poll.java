package nixio.posix;

import java.lang.foreign.MemorySegment;
import nixio.posix.gen.linux.linux_h;

/** Readiness of a few descriptors: {@code <poll.h>}. */
public final class Poll {
  private Poll() {}

  /** poll(2): the number of descriptors with events. */
  public static int poll(
      MemorySegment errno, MemorySegment descriptors, long count, int milliseconds) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.poll$address(),
                errno,
                descriptors.address(),
                count,
                milliseconds,
                descriptors),
        errno);
  }
}
