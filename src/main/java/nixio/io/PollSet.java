package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import nixio.posix.Constants;
import nixio.posix.Poll;
import nixio.posix.Structs;

/**
 * Descriptors to be waited for together, by one thread at a time: poll(2), and for virtual threads
 * what the {@link Poller} tells.
 */
public final class PollSet {
  private final Frame frame = Frames.take();
  private final ReentrantLock use = new ReentrantLock();
  private Descriptor[] members = new Descriptor[8];
  private int[] events = new int[8];
  private boolean[] held = new boolean[8];
  private int[] found = new int[8];
  private MemorySegment array = allocate(8);
  private int size;

  private static MemorySegment allocate(int count) {
    return Arena.ofAuto().allocate((long) count * Structs.pollfdSize(), 64);
  }

  /** Adds a descriptor, or sets its events; 0, or -EBADF after its close. */
  public int set(Descriptor member, int wanted) {
    claim();
    try {
      int at = find(member);
      if (at == size) {
        if (!member.isOpen()) {
          return -Constants.EBADF;
        }
        if (size == members.length) {
          grow();
        }
        member.watch(frame);
        members[size++] = member;
      }
      events[at] = wanted;
      found[at] = 0;
      return 0;
    } finally {
      use.unlock();
    }
  }

  /** Removes a descriptor; false if it is not here. */
  public boolean remove(Descriptor member) {
    claim();
    try {
      int at = find(member);
      if (at == size) {
        return false;
      }
      member.unwatch(frame);
      size--;
      members[at] = members[size];
      events[at] = events[size];
      found[at] = found[size];
      members[size] = null;
      return true;
    } finally {
      use.unlock();
    }
  }

  /** Whether a descriptor is here. */
  public boolean contains(Descriptor member) {
    claim();
    try {
      return find(member) < size;
    } finally {
      use.unlock();
    }
  }

  /** What the last {@link #poll} found; 0 for a descriptor that is not here. */
  public int found(Descriptor member) {
    claim();
    try {
      int at = find(member);
      return at == size ? 0 : found[at];
    } finally {
      use.unlock();
    }
  }

  /** How many descriptors have events; 0 if the deadline has passed; or -errno. */
  public int poll(long deadline) {
    claim();
    try {
      return look(deadline);
    } finally {
      use.unlock();
    }
  }

  private void claim() {
    if (!use.tryLock()) {
      throw new IllegalStateException("in use by another thread");
    }
  }

  private int find(Descriptor member) {
    int at = 0;
    while (at < size && members[at] != member) {
      at++;
    }
    return at;
  }

  private void grow() {
    int length = members.length * 2;
    members = Arrays.copyOf(members, length);
    events = Arrays.copyOf(events, length);
    held = Arrays.copyOf(held, length);
    found = Arrays.copyOf(found, length);
    array = allocate(length);
  }

  /**
   * One method, and a large one, for the reason that {@link Descriptor} gives at its transfer:
   * inlined into its callers, it would allocate.
   */
  private int look(long limit) {
    long deadline = limit;
    for (int i = 0; i < size; i++) {
      held[i] = members[i].hold();
      if (!held[i]) {
        deadline = System.nanoTime();
      }
      Structs.putPollfd(array, i, held[i] ? members[i].fd() : -1, events[i]);
    }
    try {
      int n;
      if (Thread.currentThread().isVirtual()) {
        n = parked(deadline);
      } else {
        frame.enter();
        try {
          boolean interrupted;
          do {
            interrupted = Thread.currentThread().isInterrupted();
            int milliseconds = interrupted || anyClosed() ? 0 : Frame.milliseconds(deadline);
            n = Poll.poll(frame.errno, array, size, milliseconds);
            if (n == -Constants.EINTR) {
              n = 0;
              frame.enterAgain();
            }
          } while (n == 0 && !interrupted && !elapsed(deadline) && !anyClosed());
          if (n == 0 && interrupted && !elapsed(deadline) && !anyClosed()) {
            n = -Constants.EINTR;
          }
        } finally {
          frame.leave();
        }
      }
      if (n < 0) {
        return n;
      }
      int count = 0;
      for (int i = 0; i < size; i++) {
        found[i] = members[i].isOpen() ? Structs.revents(array, i) : Constants.POLLNVAL;
        count += found[i] == 0 ? 0 : 1;
      }
      return count;
    } finally {
      for (int i = 0; i < size; i++) {
        if (held[i]) {
          members[i].letGo();
        }
      }
    }
  }

  private int parked(long deadline) {
    for (; ; ) {
      frame.look(true);
      int n = Poll.poll(frame.errno, array, size, 0);
      if ((n != 0 && n != -Constants.EINTR) || anyClosed() || elapsed(deadline)) {
        return n == -Constants.EINTR ? 0 : n;
      }
      if (Thread.currentThread().isInterrupted()) {
        return -Constants.EINTR;
      }
      for (int i = 0; i < size; i++) {
        int refused = held[i] ? members[i].registerFor(frame) : 0;
        if (refused < 0) {
          return refused;
        }
      }
      PollerWait.Told event = PollerWait.begin(PollerWait.SEVERAL);
      frame.park(this, deadline);
      if (event != null) {
        event.commit();
      }
    }
  }

  private boolean anyClosed() {
    for (int i = 0; i < size; i++) {
      if (!members[i].isOpen()) {
        return true;
      }
    }
    return false;
  }

  private static boolean elapsed(long deadline) {
    return deadline != Descriptor.NEVER && System.nanoTime() - deadline >= 0;
  }
}
