package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames for descriptors. An arena for each would cost more than the socket: those that were given
 * back are taken again, and new ones are cut from one piece of memory.
 */
final class Frames {
  private static final int KEPT = 1024;
  private static final int CUT = 64;

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Frame[] KEEP = new Frame[KEPT];
  private static int kept;
  private static MemorySegment memory = MemorySegment.NULL;

  private Frames() {}

  static Frame take() {
    if (!LOCK.tryLock()) {
      return new Frame(Arena.ofAuto().allocate(Frame.SIZE, Frame.ALIGNMENT));
    }
    try {
      if (kept > 0) {
        Frame frame = KEEP[--kept];
        KEEP[kept] = null;
        return frame;
      }
      if (memory.byteSize() == 0) {
        memory = Arena.ofAuto().allocate(CUT * Frame.SIZE, Frame.ALIGNMENT);
      }
      Frame frame = new Frame(memory.asSlice(0, Frame.SIZE));
      memory = memory.asSlice(Frame.SIZE);
      return frame;
    } finally {
      LOCK.unlock();
    }
  }

  /** Takes a frame back that nobody is in; it may be told of changes once more. */
  static void give(Frame frame) {
    frame.drained(false, 0);
    frame.waits = 0;
    if (LOCK.tryLock()) {
      try {
        if (kept < KEPT) {
          KEEP[kept++] = frame;
        }
      } finally {
        LOCK.unlock();
      }
    }
  }
}
