package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import nixio.posix.Constants;
import nixio.posix.Epoll;
import nixio.posix.Libc;

/**
 * Tells parked virtual threads that their descriptors have changed.
 *
 * <p>A descriptor is registered once, edge-triggered. A poller is itself a virtual thread: it looks
 * without waiting while there is something to see, and then parks until the one platform thread,
 * the master, sees that its epoll instance has something. So under load events are dispatched on a
 * carrier, next to the threads that they wake, without a switch of threads in the kernel.
 */
final class Poller {
  private static final int BATCH = 512;
  private static final int IDLE_LOOKS = 4;
  private static final int EVENTS =
      Constants.EPOLLIN
          | Constants.EPOLLOUT
          | Constants.EPOLLPRI
          | Constants.EPOLLRDHUP
          | Constants.EPOLLET;

  private static final ReentrantLock START = new ReentrantLock();

  /** All, once there are any; null before. */
  private static volatile Poller[] pollers;

  private final int epoll;
  private final ReentrantLock change = new ReentrantLock();
  private volatile Descriptor[] descriptors = new Descriptor[64];
  private volatile boolean called;
  private volatile Thread thread;

  private Poller(int epoll) {
    this.epoll = epoll;
  }

  /** The poller for a descriptor of this number. */
  static Poller of(int fd) {
    Poller[] all = pollers;
    return all[fd % all.length];
  }

  /** Registers a descriptor, if it is not yet: 0 or -errno. */
  int add(MemorySegment errno, int fd, Descriptor descriptor) {
    change.lock();
    try {
      if (descriptor.isRegistered()) {
        return 0;
      }
      if (fd >= descriptors.length) {
        descriptors = Arrays.copyOf(descriptors, Integer.highestOneBit(fd) * 2);
      }
      descriptors[fd] = descriptor;
      publish();
      int answer = control(errno, epoll, Constants.EPOLL_CTL_ADD, fd, EVENTS, fd);
      if (answer < 0) {
        descriptors[fd] = null;
        publish();
      } else {
        descriptor.registered();
      }
      return answer;
    } finally {
      change.unlock();
    }
  }

  /** Forgets a descriptor that is about to be closed or given away. */
  void remove(int fd) {
    change.lock();
    try {
      descriptors[fd] = null;
      publish();
    } finally {
      change.unlock();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      control(errno, epoll, Constants.EPOLL_CTL_DEL, fd, 0, 0);
    }
  }

  /** The array's elements are plain; its field is volatile. */
  private void publish() {
    Descriptor[] changed = descriptors;
    descriptors = changed;
  }

  private static int control(
      MemorySegment errno, int epoll, int operation, int fd, int events, long data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(Epoll.EVENT_SIZE, 8);
      Epoll.putEvent(event, 0, events, data);
      return Epoll.epollCtl(errno, epoll, operation, fd, event);
    }
  }

  /** Starts them, if they aren't yet: 0, or -errno, and then the next call tries again. */
  static int start() {
    if (pollers != null) {
      return 0;
    }
    START.lock();
    try {
      return pollers == null ? startAll() : 0;
    } finally {
      START.unlock();
    }
  }

  private static int startAll() {
    int[] epolls = new int[Math.max(1, Runtime.getRuntime().availableProcessors() / 2) + 1];
    for (int i = 0; i < epolls.length; i++) {
      epolls[i] = create();
      if (epolls[i] < 0) {
        for (int made = 0; made < i; made++) {
          Closing.close(epolls[made]);
        }
        return epolls[i];
      }
    }
    int master = epolls[epolls.length - 1];
    Poller[] all = new Poller[epolls.length - 1];
    Thread.Builder builder = Thread.ofVirtual().inheritInheritableThreadLocals(false);
    for (int i = 0; i < all.length; i++) {
      int index = i;
      Poller poller = new Poller(epolls[i]);
      all[i] = poller;
      poller.thread = builder.name("nixio-poller-" + i).unstarted(() -> poller.run(master, index));
      poller.thread.start();
    }
    Thread.ofPlatform()
        .daemon()
        .inheritInheritableThreadLocals(false)
        .name("nixio-poller-master")
        .start(() -> watch(master, all));
    pollers = all;
    return 0;
  }

  private static int create() {
    try (Arena arena = Arena.ofConfined()) {
      return Epoll.epollCreate1(arena.allocate(Libc.ERRNO_SIZE, 8), Constants.EPOLL_CLOEXEC);
    }
  }

  /** The poller's own thread. */
  @SuppressWarnings("ThreadPriorityCheck") // yields so that those just woken run on this carrier
  private void run(int master, int index) {
    MemorySegment memory = Arena.ofAuto().allocate(64 + (long) BATCH * Epoll.EVENT_SIZE, 64);
    MemorySegment errno = memory.asSlice(0, Libc.ERRNO_SIZE);
    MemorySegment events = memory.asSlice(64);
    control(errno, master, Constants.EPOLL_CTL_ADD, epoll, 0, index);
    int idle = 0;
    while (true) {
      int n = Epoll.epollWait(errno, epoll, events, BATCH, 0);
      if (n > 0) {
        dispatch(events, n);
        idle = 0;
      } else if (idle++ >= IDLE_LOOKS) {
        park(errno, master, index);
        idle = 0;
        continue;
      }
      Thread.yield();
    }
  }

  private void dispatch(MemorySegment events, int n) {
    for (int i = 0; i < n; i++) {
      int fd = (int) Epoll.data(events, i);
      Descriptor descriptor = descriptors[fd];
      if (descriptor != null) {
        descriptor.event(Epoll.events(events, i));
      }
    }
  }

  private void park(MemorySegment errno, int master, int index) {
    called = false;
    int once = Constants.EPOLLIN | Constants.EPOLLONESHOT;
    control(errno, master, Constants.EPOLL_CTL_MOD, epoll, once, index);
    while (!called) {
      LockSupport.park(this);
    }
  }

  /** The master's thread. */
  private static void watch(int master, Poller[] pollers) {
    MemorySegment memory = Arena.ofAuto().allocate(64 + (long) BATCH * Epoll.EVENT_SIZE, 64);
    MemorySegment errno = memory.asSlice(0, Libc.ERRNO_SIZE);
    MemorySegment events = memory.asSlice(64);
    while (true) {
      int n = Epoll.epollWait(errno, master, events, BATCH, -1);
      for (int i = 0; i < n; i++) {
        Poller poller = pollers[(int) Epoll.data(events, i)];
        poller.called = true;
        LockSupport.unpark(poller.thread);
      }
    }
  }

  @Override
  public String toString() {
    return "idle poller of epoll " + epoll;
  }
}
