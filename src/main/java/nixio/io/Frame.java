package nixio.io;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import nixio.posix.Constants;
import nixio.posix.Poll;
import nixio.posix.Pthread;
import nixio.posix.SockAddr;
import nixio.posix.Structs;

/**
 * What one call at a time has for itself: memory for errno and an address, and the place where it
 * is found by whoever has to wake it. Each descriptor has one for each direction; a call that finds
 * its direction's taken makes one of its own, so no call ever waits for another.
 */
final class Frame {
  private static final long LENGTH = 16;
  private static final long POLLFD = 32;
  private static final long ADDRESS = 64;

  /** What a frame needs of memory, and how it is to be aligned. */
  static final long SIZE = ADDRESS + SockAddr.MAX;

  static final long ALIGNMENT = 64;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long BEING_SIGNALLED = -1;
  private static final VarHandle INSIDE;
  private static final VarHandle CHANGES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      INSIDE = lookup.findVarHandle(Frame.class, "inside", long.class);
      CHANGES = lookup.findVarHandle(Frame.class, "changes", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** All its memory, which begins with the place for errno. */
  final MemorySegment errno;

  /** Parts of the same, of which few calls make use; null until then. */
  private MemorySegment length;

  private MemorySegment address;
  private MemorySegment pollfd;

  /** How many of the next calls are to wait without trying first; of the thread that is in it. */
  int waits;

  /** Until when the call may go on, where it has found that out; of the thread that is in it. */
  long limit;

  /** The pthread that may be blocked in the kernel here, 0 for none. */
  @SuppressWarnings("UnusedVariable") // through INSIDE
  private volatile long inside;

  /** The same, of the thread inside alone. */
  private long self;

  /** The last one, if it serves again; of the thread inside alone. */
  private Interruption interruption;

  /** The virtual thread that may be parked here, or null. */
  private volatile Thread parked;

  /** How often the descriptor's state was told to have changed. */
  private volatile int changes;

  /** How often when the thread inside has last looked at it. */
  private int seen;

  /** Whether room was told of by then. */
  private boolean toldOfRoom;

  private int contradictions;

  /** What was last received; of the thread that has this frame alone. */
  private boolean drained;

  private int drainedAt;

  Frame(MemorySegment all) {
    errno = all;
  }

  /** Memory for an address. */
  MemorySegment address() {
    if (address == null) {
      address = errno.asSlice(ADDRESS, SockAddr.MAX);
    }
    return address;
  }

  /** Memory for an address's length. */
  MemorySegment length() {
    if (length == null) {
      length = errno.asSlice(LENGTH, Integer.BYTES);
    }
    return length;
  }

  /**
   * From now on, until {@link #leave}, the calling thread is woken by a signal when the descriptor
   * is closed, and by Thread.interrupt. A virtual thread must not park meanwhile.
   */
  void enter() {
    if (interruption == null) {
      interruption = new Interruption(this);
    }
    interruption.arm();
    self = Wakeup.self();
    inside = self;
  }

  /** After this, no signal is sent to the calling thread any more. */
  void leave() {
    goOutside();
    if (!interruption.disarm()) {
      interruption = null;
    }
  }

  /**
   * After a call that was interrupted, and is to be made again. An interrupt that the thread has
   * answered before may have come here late: the next one would find nobody to wake.
   */
  void enterAgain() {
    if (!interruption.isOpen()) {
      leave();
      enter();
    }
  }

  private void goOutside() {
    if (!INSIDE.compareAndSet(this, self, 0L)) {
      do {
        Thread.onSpinWait();
      } while (!INSIDE.compareAndSet(this, self, 0L));
      // the signal may still be on its way: let it end this call, and no other of this thread's
      Pthread.yieldProcessor();
    }
  }

  boolean isInside() {
    return inside != 0;
  }

  /** Wakes whoever is blocked or parked here; to be repeated until they have left. */
  void wake() {
    long thread = inside;
    if (thread > 0 && INSIDE.compareAndSet(this, thread, BEING_SIGNALLED)) {
      Wakeup.signal(thread);
      inside = thread;
    }
    change();
  }

  /**
   * To be told before a look at the descriptor: {@link #park} waits for changes since then.
   *
   * @param roomIsTold whether they are told of room, too
   * @return how many there were before
   */
  int look(boolean roomIsTold) {
    toldOfRoom = roomIsTold;
    seen = changes;
    return seen;
  }

  /** Whether room was told of since before the last look. */
  boolean isToldOfRoom() {
    return toldOfRoom;
  }

  /** Whether the last receive has left nothing behind: a hint, for who is not inside. */
  boolean isDrained() {
    return drained;
  }

  /** Whether nothing has changed since a receive that left nothing behind. */
  boolean isDrained(int seen) {
    return drained && drainedAt == seen;
  }

  /** Notes whether a receive, made after {@code seen}, has left nothing behind. */
  void drained(boolean nothingLeft, int seen) {
    drained = nothingLeft;
    drainedAt = seen;
  }

  /** Tells a parked thread to look again. */
  void change() {
    CHANGES.getAndAdd(this, 1);
    LockSupport.unpark(parked);
  }

  /**
   * Parks the calling thread until something has changed since it has looked, it is interrupted, or
   * the deadline (of System.nanoTime) has passed.
   */
  void park(Object blocker, long deadline) {
    parked = Thread.currentThread();
    try {
      while (changes == seen && !Thread.currentThread().isInterrupted()) {
        if (deadline == Descriptor.NEVER) {
          LockSupport.park(blocker);
        } else {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            return;
          }
          LockSupport.parkNanos(blocker, left);
        }
      }
    } finally {
      parked = null;
    }
  }

  /**
   * poll(2): the events if the descriptor is ready, has ended or failed; 0 if the time is up; or
   * -errno.
   */
  int poll(int fd, boolean forReading, int milliseconds) {
    int wanted = forReading ? Constants.POLLIN | Constants.POLLRDHUP : Constants.POLLOUT;
    if (pollfd == null) {
      pollfd = errno.asSlice(POLLFD, Structs.pollfdSize());
    }
    Structs.putPollfd(pollfd, 0, fd, wanted);
    int found = Poll.poll(errno, pollfd, 1, milliseconds);
    return found > 0 ? Structs.revents(pollfd, 0) : found;
  }

  /** How often in succession poll(2) has seen room, this time included, where a call found none. */
  int contradictions(boolean again) {
    contradictions = again ? contradictions + 1 : 0;
    return contradictions;
  }

  /** Whether poll(2) sees room, now. */
  boolean writable(int fd) {
    return poll(fd, false, 0) > 0;
  }

  /** Whether poll(2) sees the end of reading, now. */
  boolean readEnded(int fd) {
    int found = poll(fd, true, 0);
    return found > 0 && (found & Constants.POLLRDHUP) != 0;
  }

  /** What is left until the deadline, as poll(2) takes it: rounded up, negative for ever. */
  static int milliseconds(long deadline) {
    if (deadline == Descriptor.NEVER) {
      return -1;
    }
    long left = Math.max(0, deadline - System.nanoTime());
    return (int) Math.min(Integer.MAX_VALUE, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
  }
}
