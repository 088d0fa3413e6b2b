package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.SysSocket;
import nixio.posix.Unistd;

/**
 * An open socket's descriptor, and the order among those who use it.
 *
 * <p>One word holds whether it was closed, how many are inside a call, and which direction's frame
 * is taken. Whoever closes it sets the bit, wakes those inside, and closes the descriptor when they
 * are out: so its number is never somebody else's while a call may still use it.
 *
 * <p>Answers are those of {@code nixio.posix}; a whole transfer that ends midway tells in one
 * number what it moved and why it ended: {@link #errno} and {@link #transferred} take it apart.
 */
public final class Descriptor {
  /** The answer where a time-out elapsed: no errno of any system. */
  public static final int TIMED_OUT = -4095;

  /** The deadline of a wait without one; others are of System.nanoTime. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int ERRNO_BITS = 12;

  private static final int CLOSED = 1;
  private static final int READING = 2;
  private static final int WRITING = 4;
  private static final int USER = 8;

  private static final long WAKE_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How often a call may find no room where poll(2) sees some, until that is its answer. */
  private static final int CONTRADICTIONS = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Descriptor.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int fd;
  private final boolean roomUntold;
  private final Frame reading = new Frame();
  private final Frame writing = new Frame();
  private final List<Frame> guests = new CopyOnWriteArrayList<>();
  private final ReentrantLock receivingWhole = new ReentrantLock();
  private final ReentrantLock sendingWhole = new ReentrantLock();
  private final ReentrantLock mode = new ReentrantLock();

  private volatile int state;
  private volatile boolean blocking;

  /** Whether O_NONBLOCK is ours, while the user's mode is blocking; under {@link #mode}. */
  private boolean quietly;

  private volatile boolean registered;

  /** Whether reading was ever seen to have ended: a hint to look, as a socket may connect again. */
  private volatile boolean hungUp;

  /**
   * Takes over an open descriptor.
   *
   * @param blocking the mode that it is in
   * @param roomUntold whether no event tells when there is room to send, as on UNIX datagram
   *     sockets
   */
  public Descriptor(int fd, boolean blocking, boolean roomUntold) {
    this.fd = fd;
    this.blocking = blocking;
    this.roomUntold = roomUntold;
  }

  /** The error in the answer of a transfer. */
  public static int errno(long answer) {
    return answer >= 0 ? 0 : (int) (-answer & ((1 << ERRNO_BITS) - 1));
  }

  /** What was moved before the error in the answer of a whole transfer. */
  public static long transferred(long answer) {
    return answer >= 0 ? answer : -answer >>> ERRNO_BITS;
  }

  private static long midway(long transferred, long failure) {
    return -(transferred << ERRNO_BITS | -failure);
  }

  /** The number, or -EBADF after close. */
  public int number() {
    return isOpen() ? fd : -Constants.EBADF;
  }

  /** Whether it was not closed or given away yet. */
  public boolean isOpen() {
    return (state & CLOSED) == 0;
  }

  /** The user's mode, whatever the descriptor's is meanwhile. */
  public boolean isBlocking() {
    return blocking;
  }

  /** socket(2): a descriptor that is close-on-exec, or -errno. */
  public static int socket(int domain, int type, int protocol) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      return SysSocket.socket(errno, domain, type | Constants.SOCK_CLOEXEC, protocol);
    }
  }

  /** socketpair(2): two ints into {@code descriptors}, close-on-exec. */
  public static int socketpair(int domain, int type, int protocol, MemorySegment descriptors) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      return SysSocket.socketpair(
          errno, domain, type | Constants.SOCK_CLOEXEC, protocol, descriptors);
    }
  }

  /** The flags of an open descriptor, fcntl(2): -EBADF if there is none. */
  public static int flags(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      return Unistd.fcntl(errno, fd, Constants.F_GETFL, 0);
    }
  }

  // Transfers, which may wait

  /** recv(2), into a part of a buffer. */
  public long recv(MemorySegment buffer, long offset, long length, int flags) {
    return transfer(READING, Call.RECV, buffer, offset, length, flags, null, null, null, NEVER);
  }

  /** recvfrom(2); {@code addressLength} takes the length of the sender's address. */
  public long recvfrom(
      MemorySegment buffer,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    return transfer(
        READING, Call.RECVFROM, buffer, 0, length, flags, null, address, addressLength, NEVER);
  }

  /** send(2), of a part of a buffer, which never raises SIGPIPE. */
  public long send(MemorySegment buffer, long offset, long length, int flags) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return transfer(WRITING, Call.SEND, buffer, offset, length, silent, null, null, null, NEVER);
  }

  /** sendto(2), to an address of which {@code addressLength} holds the length. */
  public long sendto(
      MemorySegment buffer,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return transfer(
        WRITING, Call.SENDTO, buffer, 0, length, silent, null, address, addressLength, NEVER);
  }

  /** sendto(2), to an address that {@code writer} writes, answering its length. */
  public long sendto(
      MemorySegment buffer, long length, int flags, ToIntFunction<MemorySegment> writer) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return transfer(WRITING, Call.SENDTO, buffer, 0, length, silent, writer, null, null, NEVER);
  }

  /** accept4(2): a descriptor that is close-on-exec. */
  public long accept(MemorySegment address, MemorySegment addressLength) {
    return transfer(
        READING, Call.ACCEPT, MemorySegment.NULL, 0, 0, 0, null, address, addressLength, NEVER);
  }

  /**
   * Receives until the part of the buffer is full, the peer has finished, or the deadline has
   * passed; on a non-blocking descriptor, what is there.
   *
   * @return the bytes received, or what and why, see {@link #errno}
   */
  public long recvWhole(MemorySegment buffer, long offset, long length, int flags, long deadline) {
    if (length == 0) {
      return isOpen() ? 0 : -Constants.EBADF;
    }
    return whole(receivingWhole, READING, Call.RECV, buffer, offset, length, flags, deadline);
  }

  /**
   * Sends everything, or until the deadline has passed; on a non-blocking descriptor, what there is
   * room for. Nobody else's whole transfer comes between.
   *
   * @return the bytes sent, or what and why, see {@link #errno}
   */
  public long sendWhole(MemorySegment buffer, long offset, long length, int flags, long deadline) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return whole(sendingWhole, WRITING, Call.SEND, buffer, offset, length, silent, deadline);
  }

  private long whole(
      ReentrantLock order,
      int side,
      Call call,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      long deadline) {
    boolean waits = blocking && (flags & Constants.MSG_DONTWAIT) == 0;
    if (waits && !order.tryLock()) {
      int refused = lock(order, timeout(side), deadline);
      if (refused < 0) {
        return refused;
      }
    }
    try {
      long total = 0;
      do {
        long start = System.nanoTime();
        long n =
            transfer(
                side,
                call,
                buffer,
                offset + total,
                length - total,
                flags,
                null,
                null,
                null,
                deadline);
        if (n < 0) {
          return total == 0 ? n : n == -Constants.EAGAIN ? total : midway(total, n);
        }
        total += n;
        if (n == 0) {
          break;
        }
        if (total < length && waits && isCutShort(side, flags, deadline, start)) {
          return midway(total, TIMED_OUT);
        }
      } while (total < length);
      return total;
    } finally {
      if (waits) {
        order.unlock();
      }
    }
  }

  /** Whether the kernel, which was to move everything, stopped because the time was up. */
  private boolean isCutShort(int side, int flags, long deadline, long start) {
    return (side == WRITING || (flags & Constants.MSG_WAITALL) != 0)
        && deadline == NEVER
        && !Thread.currentThread().isVirtual()
        && elapsed(limitInside(start, timeout(side), NEVER));
  }

  /** {@link #limit} for who is not inside a call: never once the number may be somebody else's. */
  private long limitInside(long start, int timeoutOption, long deadline) {
    if (!enter()) {
      return deadline;
    }
    try {
      return limit(start, timeoutOption, deadline);
    } finally {
      exit();
    }
  }

  private int lock(ReentrantLock order, int timeoutOption, long deadline) {
    long limit = limitInside(System.nanoTime(), timeoutOption, deadline);
    try {
      if (limit == NEVER) {
        order.lockInterruptibly();
        return 0;
      }
      return order.tryLock(limit - System.nanoTime(), TimeUnit.NANOSECONDS) ? 0 : TIMED_OUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -Constants.EINTR;
    }
  }

  // How a transfer waits

  /**
   * One system call, and what goes before and after. A platform thread blocks in the kernel:
   * anything else costs a system call or a wake-up more.
   *
   * <p>This is one method, and a large one, on purpose: C2 inlines nothing hot of more than 325
   * bytecodes (FreqInlineSize), so it compiles this by itself, and the rest of its 15 levels
   * (MaxInlineLevel) reach to the end of the linker's code. Inlined into its callers they would
   * not, and each call would allocate a slice of 40 bytes.
   */
  private long transfer(
      int side,
      Call call,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      ToIntFunction<MemorySegment> writer,
      MemorySegment givenAddress,
      MemorySegment givenLength,
      long deadline) {
    Frame frame = enter(side);
    if (frame == null) {
      return -Constants.EBADF;
    }
    try {
      MemorySegment address = givenAddress;
      MemorySegment addressLength = givenLength;
      if (writer != null) {
        address = frame.address;
        addressLength = frame.length;
        addressLength.set(ValueLayout.JAVA_INT, 0, writer.applyAsInt(address));
      }
      boolean unwaiting = !blocking || (flags & Constants.MSG_DONTWAIT) != 0;
      if (unwaiting && call != Call.ACCEPT) {
        // the flag as well as the mode: whoever has the same socket may change that at any moment
        int now = flags | Constants.MSG_DONTWAIT;
        long n;
        do {
          n = call.invoke(frame, fd, buffer, offset, length, now, address, addressLength);
        } while (n == -Constants.EINTR);
        return n;
      }
      long limit = deadline;
      if (deadline == NEVER && !Thread.currentThread().isVirtual()) {
        long start = System.nanoTime();
        frame.enter();
        try {
          for (boolean again = true; again; ) {
            if (!isOpen()) {
              return -Constants.EBADF;
            }
            long n = call.invoke(frame, fd, buffer, offset, length, flags, address, addressLength);
            if (n != -Constants.EINTR && n != -Constants.EAGAIN) {
              return n;
            }
            if (unwaiting && n == -Constants.EAGAIN) {
              return n;
            }
            limit = limit(start, timeout(side), NEVER);
            if (n == -Constants.EAGAIN && elapsed(limit)) {
              return TIMED_OUT;
            }
            if (Thread.currentThread().isInterrupted()) {
              return isOpen() ? -Constants.EINTR : -Constants.EBADF;
            }
            again = n == -Constants.EINTR && limit == NEVER;
          }
        } finally {
          frame.leave();
        }
        // a signal must not start the time-out anew; and O_NONBLOCK, which somebody else has set,
        // or
        // this library for a moment, must not show
      }
      return parked(
          frame, side, call, buffer, offset, length, flags, address, addressLength, limit);
    } finally {
      exit(frame);
    }
  }

  /**
   * A virtual thread, or one with a deadline, asks without waiting and waits outside the kernel.
   */
  private long parked(
      Frame frame,
      int side,
      Call call,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength,
      long deadline) {
    int unwaiting = flags | Constants.MSG_DONTWAIT;
    long start = System.nanoTime();
    long limit = 0;
    for (int tries = 0; ; tries++) {
      int seen = frame.changes();
      if (call == Call.ACCEPT) {
        unblock(frame);
      }
      long n = call.invoke(frame, fd, buffer, offset, length, unwaiting, address, addressLength);
      if ((n != -Constants.EAGAIN && n != -Constants.EINTR)
          || (n == -Constants.EAGAIN && !blocking)) {
        return n;
      }
      if (side == READING && hungUp && frame.readEnded(fd)) {
        // asked without waiting, a datagram socket does not tell that it was shut down
        n = call.invoke(frame, fd, buffer, offset, length, unwaiting, address, addressLength);
        return n == -Constants.EAGAIN ? 0 : n;
      }
      if (tries == 0) {
        limit = limit(start, timeout(side), deadline);
      }
      boolean untold = roomUntold && side == WRITING;
      if (side == WRITING && !untold && tries >= CONTRADICTIONS && frame.writable(fd)) {
        return n;
      }
      int waited = untold ? backOff(frame, seen, tries, limit) : await(frame, side, seen, limit);
      if (waited < 0) {
        return waited;
      }
    }
  }

  /** Waits for an event: 0 to look again, or -EBADF, -EINTR, TIMED_OUT. */
  private int await(Frame frame, int side, int seen, long limit) {
    if (!Thread.currentThread().isVirtual()) {
      frame.enterInterruptibly();
      try {
        return poll(frame, side, limit);
      } finally {
        frame.leaveInterruptibly();
      }
    }
    if (!registered) {
      return register(frame);
    }
    return park(frame, seen, limit);
  }

  private int park(Frame frame, int seen, long limit) {
    if (!isOpen()) {
      return -Constants.EBADF;
    }
    frame.park(this, seen, limit);
    if (!isOpen()) {
      return -Constants.EBADF;
    }
    if (Thread.currentThread().isInterrupted()) {
      return -Constants.EINTR;
    }
    return elapsed(limit) ? TIMED_OUT : 0;
  }

  /** Waits a little, where nothing tells when there is room. */
  private int backOff(Frame frame, int seen, int tries, long limit) {
    if (elapsed(limit)) {
      return TIMED_OUT;
    }
    long pause = System.nanoTime() + BackOff.nanos(tries);
    int waited = park(frame, seen, limit == NEVER || limit - pause > 0 ? pause : limit);
    return waited == TIMED_OUT ? 0 : waited;
  }

  /** poll(2), for a platform thread that has entered its frame. */
  private int poll(Frame frame, int side, long limit) {
    for (; ; ) {
      if (!isOpen()) {
        return -Constants.EBADF;
      }
      if (Thread.currentThread().isInterrupted()) {
        return -Constants.EINTR;
      }
      int found = frame.poll(fd, side == READING, Frame.milliseconds(limit));
      if (found > 0) {
        hungUp |= (found & Constants.POLLRDHUP) != 0;
        return 0;
      }
      if (found == 0 && elapsed(limit)) {
        return TIMED_OUT;
      }
      if (found < 0 && found != -Constants.EINTR) {
        return found;
      }
    }
  }

  private static int timeout(int side) {
    return side == READING ? Constants.SO_RCVTIMEO : Constants.SO_SNDTIMEO;
  }

  /**
   * The earlier of the deadline and the option's time-out, which only the kernel knows for sure.
   */
  private long limit(long start, int timeoutOption, long deadline) {
    long nanos = Timeout.nanos(fd, timeoutOption);
    if (nanos == 0) {
      return deadline;
    }
    long limit = start + nanos;
    return deadline == NEVER || limit - deadline < 0 ? limit : deadline;
  }

  private static boolean elapsed(long limit) {
    return limit != NEVER && System.nanoTime() - limit >= 0;
  }

  // connect(2)

  /**
   * connect(2), to an address that {@code writer} writes.
   *
   * @param waits whether the kernel completes it in the background; if not, as on UNIX sockets,
   *     nothing tells when to try again
   * @return 0; or -errno, which is EINPROGRESS or EALREADY only in non-blocking mode
   */
  public int connect(ToIntFunction<MemorySegment> writer, boolean waits, long deadline) {
    Frame frame = enter(WRITING);
    if (frame == null) {
      return -Constants.EBADF;
    }
    try {
      frame.length.set(ValueLayout.JAVA_INT, 0, writer.applyAsInt(frame.address));
      if (!blocking) {
        return connectUnwaiting(frame);
      }
      if (deadline == NEVER && !Thread.currentThread().isVirtual()) {
        return connectBlocked(frame, waits);
      }
      return connectParked(frame, waits, System.nanoTime(), deadline);
    } finally {
      exit(frame);
    }
  }

  private int connectOnce(Frame frame) {
    return SysSocket.connect(frame.errno, fd, frame.address, frame.length());
  }

  /** In non-blocking mode: not even if whoever has the same socket has changed the mode. */
  private int connectUnwaiting(Frame frame) {
    int n;
    do {
      n = connectQuietly(frame);
    } while (n == -Constants.EINTR && isOpen());
    return n;
  }

  private int connectBlocked(Frame frame, boolean waits) {
    long start = System.nanoTime();
    int n;
    frame.enter();
    try {
      if (!isOpen()) {
        return -Constants.EBADF;
      }
      n = connectOnce(frame);
    } finally {
      frame.leave();
    }
    if (n != -Constants.EINTR && n != -Constants.EAGAIN && !isPending(n)) {
      return n;
    }
    long limit = limit(start, Constants.SO_SNDTIMEO, NEVER);
    if (n != -Constants.EINTR && elapsed(limit)) {
      return TIMED_OUT;
    }
    // the kernel goes on after a signal, so that connect is now asked for its end
    return connectParked(frame, waits, start, NEVER);
  }

  private int connectParked(Frame frame, boolean waits, long start, long deadline) {
    long limit = limit(start, Constants.SO_SNDTIMEO, deadline);
    for (int tries = 0; ; tries++) {
      int seen = frame.changes();
      int n = connectQuietly(frame);
      boolean full = n == -Constants.EAGAIN && !waits;
      if (!isPending(n) && !full && n != -Constants.EINTR) {
        return n;
      }
      int waited = waits ? await(frame, WRITING, seen, limit) : backOff(frame, seen, tries, limit);
      if (waited < 0) {
        return waited;
      }
    }
  }

  private static boolean isPending(int n) {
    return n == -Constants.EINPROGRESS || n == -Constants.EALREADY;
  }

  /** connect(2) that does not wait, though the user's mode is blocking. */
  private int connectQuietly(Frame frame) {
    mode.lock();
    try {
      int flags = Unistd.fcntl(frame.errno, fd, Constants.F_GETFL, 0);
      boolean change = (flags & Constants.O_NONBLOCK) == 0;
      if (change) {
        setNonblocking(frame.errno, true);
      }
      int n = connectOnce(frame);
      if (change && blocking) {
        setNonblocking(frame.errno, false);
      }
      return n;
    } finally {
      mode.unlock();
    }
  }

  // The mode

  /** Sets the user's mode. */
  public int setBlocking(boolean blocking) {
    return control((errno, number) -> {
      mode.lock();
      try {
        int answer = blocking && quietly ? 0 : setNonblocking(errno, !blocking);
        if (answer == 0) {
          this.blocking = blocking;
        }
        return answer;
      } finally {
        mode.unlock();
      }
    });
  }

  /** Makes the descriptor O_NONBLOCK for those who must not block, without the user's noticing. */
  private void unblock(Frame frame) {
    mode.lock();
    try {
      int flags = Unistd.fcntl(frame.errno, fd, Constants.F_GETFL, 0);
      if (flags >= 0 && (flags & Constants.O_NONBLOCK) == 0) {
        setNonblocking(frame.errno, true);
        quietly = blocking;
      }
    } finally {
      mode.unlock();
    }
  }

  private int setNonblocking(MemorySegment errno, boolean on) {
    int flags = Unistd.fcntl(errno, fd, Constants.F_GETFL, 0);
    return flags < 0
        ? flags
        : Unistd.fcntl(
            errno,
            fd,
            Constants.F_SETFL,
            on ? flags | Constants.O_NONBLOCK : flags & ~Constants.O_NONBLOCK);
  }

  // Calls that don't wait

  /** A system call that doesn't wait. */
  @FunctionalInterface
  private interface Control {
    int invoke(MemorySegment errno, int fd);
  }

  private int control(Control call) {
    if (!enter()) {
      return -Constants.EBADF;
    }
    try (Arena arena = Arena.ofConfined()) {
      return call.invoke(arena.allocate(Libc.ERRNO_SIZE, 8), fd);
    } finally {
      exit();
    }
  }

  /** bind(2). */
  public int bind(MemorySegment address, int length) {
    return control((errno, number) -> SysSocket.bind(errno, number, address, length));
  }

  /** listen(2). */
  public int listen(int backlog) {
    return control((errno, number) -> SysSocket.listen(errno, number, backlog));
  }

  /** shutdown(2). */
  public int shutdown(int how) {
    return control((errno, number) -> SysSocket.shutdown(errno, number, how));
  }

  /** getsockname(2). */
  public int getsockname(MemorySegment address, MemorySegment length) {
    return control((errno, number) -> SysSocket.getsockname(errno, number, address, length));
  }

  /** getpeername(2). */
  public int getpeername(MemorySegment address, MemorySegment length) {
    return control((errno, number) -> SysSocket.getpeername(errno, number, address, length));
  }

  /** getsockopt(2). */
  public int getsockopt(int level, int name, MemorySegment value, MemorySegment length) {
    return control(
        (errno, number) -> SysSocket.getsockopt(errno, number, level, name, value, length));
  }

  /** setsockopt(2). */
  public int setsockopt(int level, int name, MemorySegment value, int length) {
    return control(
        (errno, number) -> SysSocket.setsockopt(errno, number, level, name, value, length));
  }

  /** A second descriptor of the same socket, close-on-exec: fcntl(2), F_DUPFD_CLOEXEC. */
  public int dup() {
    return control((errno, number) -> Unistd.fcntl(errno, number, Constants.F_DUPFD_CLOEXEC, 0));
  }

  /**
   * Runs a task that can't be woken, such as a look-up, on a platform thread, and waits for it; a
   * close meanwhile lets the caller go at once, and leaves the task to itself.
   *
   * @return null after a close
   * @throws InterruptedException if the calling thread is interrupted
   */
  public <T> T await(Supplier<T> task) throws InterruptedException {
    if (!enter()) {
      return null;
    }
    Frame frame = guest();
    try {
      CompletableFuture<T> result = Background.start(task);
      var _ = result.whenComplete((value, thrown) -> frame.change());
      for (; ; ) {
        int seen = frame.changes();
        if (result.isDone()) {
          return result.join();
        }
        int waited = park(frame, seen, NEVER);
        if (waited == -Constants.EINTR) {
          throw new InterruptedException();
        }
        if (waited < 0) {
          return null;
        }
      }
    } finally {
      exit(frame);
    }
  }

  // Users, and the end

  private Frame enter(int side) {
    for (; ; ) {
      int now = state;
      if ((now & CLOSED) != 0) {
        return null;
      }
      if ((now & side) != 0) {
        return enter() ? guest() : null;
      }
      if (STATE.compareAndSet(this, now, (now | side) + USER)) {
        return side == READING ? reading : writing;
      }
    }
  }

  private Frame guest() {
    Frame frame = new Frame();
    guests.add(frame);
    return frame;
  }

  private void exit(Frame frame) {
    int side = frame == reading ? READING : frame == writing ? WRITING : 0;
    if (side == 0) {
      guests.remove(frame);
    }
    int now;
    do {
      now = state;
    } while (!STATE.compareAndSet(this, now, (now & ~side) - USER));
  }

  private boolean enter() {
    for (; ; ) {
      int now = state;
      if ((now & CLOSED) != 0) {
        return false;
      }
      if (STATE.compareAndSet(this, now, now + USER)) {
        return true;
      }
    }
  }

  private void exit() {
    STATE.getAndAdd(this, -USER);
  }

  /**
   * Closes it, once: those inside a call are woken and answer -EBADF, and close(2) follows when
   * they are out. Closing it again does nothing.
   *
   * @return 0, or -errno of close(2), after which it is closed all the same
   */
  public int close() {
    if (!evict()) {
      return 0;
    }
    unregister();
    return Closing.close(fd);
  }

  /** {@link #close} for an owner that was lost: does not wait, whatever is lingering. */
  public void abandon() {
    if (evict()) {
      unregister();
      Closing.abandon(fd);
    }
  }

  /**
   * Gives the descriptor away, open: those inside a call answer -EBADF.
   *
   * @return its number, or -EBADF
   */
  public int detach() {
    if (!evict()) {
      return -Constants.EBADF;
    }
    unregister();
    if (quietly && blocking) {
      try (Arena arena = Arena.ofConfined()) {
        setNonblocking(arena.allocate(Libc.ERRNO_SIZE, 8), false);
      }
    }
    return fd;
  }

  /** Lets nobody in any more, and sees everybody out; false if somebody else did. */
  private boolean evict() {
    int now;
    do {
      now = state;
      if ((now & CLOSED) != 0) {
        return false;
      }
    } while (!STATE.compareAndSet(this, now, now | CLOSED));
    if (now < USER) {
      return true;
    }
    boolean interrupted = Thread.interrupted();
    while (state >= USER) {
      wakeAll();
      LockSupport.parkNanos(this, WAKE_AGAIN_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private void wakeAll() {
    if (!Wakeup.available()) {
      try (Arena arena = Arena.ofConfined()) {
        SysSocket.shutdown(arena.allocate(Libc.ERRNO_SIZE, 8), fd, Constants.SHUT_RDWR);
      }
    }
    reading.wake();
    writing.wake();
    for (Frame frame : guests) {
      frame.wake();
    }
  }

  // Events

  private int register(Frame frame) {
    mode.lock();
    try {
      if (registered) {
        return 0;
      }
      int answer = Poller.start();
      if (answer >= 0) {
        answer = Poller.of(fd).add(frame.errno, fd, this);
      }
      registered = answer >= 0;
      return answer;
    } finally {
      mode.unlock();
    }
  }

  private void unregister() {
    if (registered) {
      Poller.of(fd).remove(fd);
    }
  }

  /** What a poller saw. */
  void event(int events) {
    if ((events & Constants.EPOLLRDHUP) != 0) {
      hungUp = true; // before anybody is woken
    }
    if ((events & ~Constants.EPOLLOUT) != 0) {
      reading.change();
    }
    if ((events & ~(Constants.EPOLLIN | Constants.EPOLLPRI)) != 0) {
      writing.change();
    }
    for (Frame frame : guests) {
      frame.change();
    }
  }

  @Override
  public String toString() {
    return "descriptor " + fd;
  }

  // Poll's side

  /** Wakes {@code watcher} too, from now on, by events and by close. */
  void watch(Frame watcher) {
    guests.add(watcher);
  }

  void unwatch(Frame watcher) {
    guests.remove(watcher);
  }

  /** Joins those inside a call, so that the number stays; false after close. */
  boolean hold() {
    return enter();
  }

  void letGo() {
    exit();
  }

  int fd() {
    return fd;
  }

  int registerFor(Frame watcher) {
    return registered ? 0 : register(watcher);
  }
}
