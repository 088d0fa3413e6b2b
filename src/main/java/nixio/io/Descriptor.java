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
import java.util.function.Consumer;
import java.util.function.IntSupplier;
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

  /** The answer of a call that is to wait for room, and finds none where poll(2) sees some. */
  public static final int NO_ROOM = -4094;

  /** The deadline of a wait without one; others are of System.nanoTime. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int ERRNO_BITS = 12;

  /** Not an answer yet: no errno of any system. */
  private static final int GO_ON = -4093;

  private static final int STDERR = 2;

  /** Bytes of a send whose time is the system call's rather than the copy's. */
  private static final long SMALL = 16 << 10;

  /** How many calls wait without trying, after one that had to. */
  private static final int MANY_CALLS = 64;

  private static final int READING = Gate.READING;
  private static final int WRITING = Gate.WRITING;

  private static final long WAKE_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** After so many tries a call that finds no room asks poll(2) what it sees. */
  private static final int MANY_TRIES = 3;

  /**
   * How often poll(2) may see room, and the next try none, until that is the answer: it is other
   * room than the call needs, such as where all local ports are taken. Each time but one it may
   * have come just now, or others may have taken it.
   */
  private static final int CONTRADICTIONS = 12;

  /** What tells of more than data: after one of these a short receive says nothing any more. */
  private static final int TROUBLE =
      Constants.EPOLLRDHUP | Constants.EPOLLHUP | Constants.EPOLLERR | Constants.EPOLLPRI;

  private static final VarHandle GUESTS;
  private static final VarHandle RECEIVING_WHOLE;
  private static final VarHandle SENDING_WHOLE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      GUESTS = lookup.findVarHandle(Descriptor.class, "guests", List.class);
      RECEIVING_WHOLE = lookup.findVarHandle(Descriptor.class, "receivingWhole", Whole.class);
      SENDING_WHOLE = lookup.findVarHandle(Descriptor.class, "sendingWhole", Whole.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int fd;
  private final Nature nature;
  private final Gate gate = new Gate();
  private final Mode mode;
  private final Timeouts timeouts;
  private final Frame reading = Frames.take();
  private final Frame writing = Frames.take();

  /** Frames of further calls; null, the rule, for none. */
  private volatile List<Frame> guests;

  /** Whether anybody has ever waited for room: until then events need not tell of it. */
  private volatile boolean roomAwaited;

  /** What orders whole transfers in each direction; null until there are any. */
  private volatile Whole receivingWhole;

  private volatile Whole sendingWhole;

  private volatile boolean registered;

  /** How receives of platform threads ask again before they wait; null, the rule, for not. */
  private volatile Spin spin;

  /** Whether reading was ever seen to have ended: a hint to look, as a socket may connect again. */
  private volatile boolean hungUp;

  /** Whether any of {@link #TROUBLE} was ever seen. */
  private volatile boolean troubled;

  /**
   * Takes over an open descriptor, which nobody else has.
   *
   * @param blocking the mode that it is in
   * @param untouched whether its options have not been set yet
   */
  public Descriptor(int fd, boolean blocking, Nature nature, boolean untouched) {
    this(fd, nature, new Mode(blocking), new Timeouts(fd, untouched));
  }

  private Descriptor(int fd, Nature nature, Mode mode, Timeouts timeouts) {
    this.fd = fd;
    this.nature = nature;
    this.mode = mode;
    this.timeouts = timeouts;
  }

  /** Takes over a duplicate of this one. */
  public Descriptor duplicate(int number) {
    share();
    Descriptor duplicate = new Descriptor(number, nature, mode, new Timeouts(number, false));
    duplicate.share();
    return duplicate;
  }

  /** From now on others may hold the socket, and change it. */
  public void share() {
    timeouts.share();
    troubled = true;
  }

  /** Whether a connection that it accepts has options that nobody has set yet. */
  public boolean isUntouched() {
    return timeouts.areUntouched();
  }

  /** The error in the answer of a transfer. */
  public static int errno(long answer) {
    return answer >= 0 ? 0 : (int) (-answer & ((1 << ERRNO_BITS) - 1));
  }

  /** What was moved before the error in the answer of a whole transfer. */
  public static long transferred(long answer) {
    return answer >= 0 ? answer : -answer >>> ERRNO_BITS;
  }

  /** The answer of a transfer that has failed midway. */
  public static long midway(long transferred, long failure) {
    return -(transferred << ERRNO_BITS | -failure);
  }

  private Whole receivingWhole() {
    if (receivingWhole == null) {
      RECEIVING_WHOLE.compareAndSet(this, null, new Whole(this, READING));
    }
    return receivingWhole;
  }

  private Whole sendingWhole() {
    if (sendingWhole == null) {
      SENDING_WHOLE.compareAndSet(this, null, new Whole(this, WRITING));
    }
    return sendingWhole;
  }

  /** The number, or -EBADF after close. */
  public int number() {
    return isOpen() ? fd : -Constants.EBADF;
  }

  /** Whether it was not closed or given away yet. */
  public boolean isOpen() {
    return gate.isOpen();
  }

  /** The user's mode, whatever the descriptor's is meanwhile. */
  public boolean isBlocking() {
    return mode.isBlocking();
  }

  // Transfers, which may wait

  /** recv(2), into a part of a buffer. */
  public long recv(MemorySegment buffer, long offset, long length, int flags) {
    return recv(buffer, offset, length, flags, NEVER);
  }

  long recv(MemorySegment buffer, long offset, long length, int flags, long deadline) {
    long limit = deadline;
    if (reading.isDrained() && flags == 0 && length > 0 && Thread.currentThread().isVirtual()) {
      limit = timeouts.mayElapse() ? limitInside(READING, 0, deadline) : deadline;
      int waited = awaitMore(limit);
      if (waited == -Constants.EBADF) { // after any other end, what has come by then is received
        return waited;
      }
    }
    return transfer(READING, Call.RECV, buffer, offset, length, flags, null, null, null, limit);
  }

  /**
   * Waits, before it is asked, for a socket that the last receive has drained: it stopped short of
   * its buffer, so that there is nothing until an event comes. But where the end, an error or
   * urgent data were told of already, nothing may be told again.
   *
   * <p>This comes before {@link #transfer}, and not there, as all that a virtual thread has on its
   * stack is copied when it is parked, and again when it goes on.
   */
  private int awaitMore(long limit) {
    Gate.Entry entry = gate.enter(READING);
    if (entry == Gate.Entry.REFUSED) {
      return -Constants.EBADF;
    }
    boolean owns = entry == Gate.Entry.OWNER;
    try {
      boolean drained = owns && reading.isDrained(look(reading));
      return drained && !troubled && mode.isBlocking() ? park(reading, limit) : 0;
    } finally {
      gate.exit(owns ? READING : 0);
    }
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
    return send(buffer, offset, length, flags | Constants.MSG_NOSIGNAL, NEVER);
  }

  long send(MemorySegment buffer, long offset, long length, int flags, long deadline) {
    return transfer(WRITING, Call.SEND, buffer, offset, length, flags, null, null, null, deadline);
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

  /** sendmmsg(2), of an array of messages from the {@code first} on; answers how many. */
  public long sendmmsg(MemorySegment messages, int first, int count, int flags) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return transfer(
        WRITING, Call.SENDMMSG, messages, first, count, silent, null, null, null, NEVER);
  }

  /** recvmmsg(2), which waits for the first message only; answers how many. */
  public long recvmmsg(MemorySegment messages, int count, int flags) {
    int first = flags | Constants.MSG_WAITFORONE;
    return transfer(READING, Call.RECVMMSG, messages, 0, count, first, null, null, null, NEVER);
  }

  /** sendmsg(2), of one of an array of messages. */
  public long sendmsg(MemorySegment messages, int at, int flags) {
    return sendmsg(messages, at, flags | Constants.MSG_NOSIGNAL, NEVER);
  }

  long sendmsg(MemorySegment messages, int at, int flags, long deadline) {
    return transfer(WRITING, Call.SENDMSG, messages, at, 1, flags, null, null, null, deadline);
  }

  /**
   * sendmsg(2), and then the rest of its data, if there was not room for all: see {@link
   * #sendWhole}.
   */
  public long sendmsgWhole(
      MemorySegment messages, int at, MemorySegment data, long length, int flags) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return sendingWhole().transfer(messages, at, data, 0, length, silent, NEVER);
  }

  /** recvmsg(2), into the first of an array of messages. */
  public long recvmsg(MemorySegment message, int flags) {
    return transfer(READING, Call.RECVMSG, message, 0, 1, flags, null, null, null, NEVER);
  }

  /** sendmsg(2), of the parts from a byte on. */
  public long sendParts(Parts parts, long offset, long length, int flags) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return transfer(
        WRITING,
        parts.sending,
        MemorySegment.NULL,
        offset,
        length,
        silent,
        null,
        null,
        null,
        NEVER);
  }

  /** The same, and then the rest: see {@link #sendWhole}. */
  public long sendPartsWhole(Parts parts, long offset, long length, int flags) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return sendingWhole()
        .transfer(parts.sending, MemorySegment.NULL, offset, length, silent, NEVER);
  }

  /** recvmsg(2), into the parts from a byte on. */
  public long recvParts(Parts parts, long offset, long length, int flags) {
    return transfer(
        READING,
        parts.receiving,
        MemorySegment.NULL,
        offset,
        length,
        flags,
        null,
        null,
        null,
        NEVER);
  }

  /** The same, and then the rest: see {@link #recvWhole}. */
  public long recvPartsWhole(Parts parts, long offset, long length, int flags) {
    return receivingWhole()
        .transfer(parts.receiving, MemorySegment.NULL, offset, length, flags, NEVER);
  }

  /**
   * sendfile(2), from a position in a file on; again and again, where the descriptor is blocking,
   * until so many bytes are sent or the file has ended.
   */
  public long sendfile(int file, long position, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment at = arena.allocate(ValueLayout.JAVA_LONG);
      Call call =
          new Flagless((f, fd, b, o, n, flags, a, al) -> {
            at.set(ValueLayout.JAVA_LONG, 0, o);
            // no more than the kernel moves at once, as a position beyond the last one is refused
            long most = Math.min(n, Integer.MAX_VALUE);
            return Unistd.sendfile(f.errno, fd, file, at, most);
          });
      return sendingWhole().transfer(call, MemorySegment.NULL, position, length, 0, NEVER);
    }
  }

  /** splice(2), into a pipe that has room. */
  long spliceInto(int pipe, long most) {
    Call call =
        new Flagless((f, fd, b, o, n, flags, a, al) -> Unistd.splice(f.errno, fd, pipe, n, 0));
    return transfer(READING, call, MemorySegment.NULL, 0, most, 0, null, null, null, NEVER);
  }

  /** splice(2), from a pipe that has so many bytes; again and again, as {@link #sendWhole}. */
  long spliceFrom(int pipe, long length) {
    Call call =
        new Flagless((f, fd, b, o, n, flags, a, al) -> Unistd.splice(f.errno, pipe, fd, n, 0));
    return sendingWhole().transfer(call, MemorySegment.NULL, 0, length, 0, NEVER);
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
    return receivingWhole().transfer(buffer, offset, length, flags, deadline);
  }

  /**
   * Sends everything, or until the deadline has passed; on a non-blocking descriptor, what there is
   * room for. Nobody else's whole transfer comes between.
   *
   * @return the bytes sent, or what and why, see {@link #errno}
   */
  public long sendWhole(MemorySegment buffer, long offset, long length, int flags, long deadline) {
    int silent = flags | Constants.MSG_NOSIGNAL;
    return sendingWhole().transfer(buffer, offset, length, silent, deadline);
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
  long transfer(
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
        address = frame.address();
        addressLength = frame.length();
        addressLength.set(ValueLayout.JAVA_INT, 0, writer.applyAsInt(address));
      }
      boolean unwaiting = !mode.isBlocking() || (flags & Constants.MSG_DONTWAIT) != 0;
      boolean flagless = call instanceof Flagless;
      boolean asksOnce = unwaiting && !flagless;
      if (asksOnce || (deadline == NEVER && isTriedAtOnce(frame, side, call, length, flags))) {
        // the flag as well as the mode: whoever has the same socket may change that at any moment
        int now = flags | Constants.MSG_DONTWAIT;
        long n;
        do {
          n = call.invoke(frame, fd, buffer, offset, length, now, address, addressLength);
        } while (n == -Constants.EINTR);
        // EINPROGRESS: a send that connects, by TCP Fast Open
        if (asksOnce || (n != -Constants.EAGAIN && n != -Constants.EINPROGRESS)) {
          return n;
        }
        frame.waits = MANY_CALLS;
      }
      frame.limit = deadline;
      if (deadline == NEVER && !Thread.currentThread().isVirtual()) {
        long n =
            blocked(
                frame,
                side,
                call,
                buffer,
                offset,
                length,
                flags,
                address,
                addressLength,
                unwaiting);
        if (n != GO_ON) {
          return n;
        }
      }
      // A virtual thread, or one with a deadline, asks without waiting and waits outside the
      // kernel.
      boolean lastTry = false;
      for (int tries = 0; ; tries++) {
        int seen = look(frame);
        boolean told = registered;
        int now = flags | Constants.MSG_DONTWAIT;
        long n =
            flagless
                ? quietly(frame, side, call, buffer, offset, length, flags, address, addressLength)
                : call.invoke(frame, fd, buffer, offset, length, now, address, addressLength);
        if ((n != -Constants.EAGAIN && n != -Constants.EINTR)
            || (n == -Constants.EAGAIN && !mode.isBlocking())) {
          boolean drains = nature == Nature.DRAINING && call == Call.RECV && flags == 0;
          frame.drained(drains && told && n > 0 && n < length, seen);
          return n;
        }
        if (side == READING && hungUp && !flagless && frame.readEnded(fd)) {
          // asked without waiting, a datagram socket does not tell that it was shut down
          n = call.invoke(frame, fd, buffer, offset, length, now, address, addressLength);
          return n == -Constants.EAGAIN ? 0 : n;
        }
        if (tries == 0) {
          frame.limit = limit(side, 0, frame.limit);
        }
        int waited = awaitTransfer(frame, side, tries);
        if (waited < 0 && (waited != TIMED_OUT || lastTry)) {
          return waited;
        }
        lastTry = waited == TIMED_OUT; // what has come in time may be told of late
      }
    } finally {
      exit(frame);
    }
  }

  /**
   * The plain call of a platform thread, which blocks in the kernel.
   *
   * @return its answer; or {@link #GO_ON}, until {@link Frame#limit}: a signal must not start the
   *     time-out anew, and O_NONBLOCK that somebody else has set, or this library for a moment,
   *     must not show
   */
  private long blocked(
      Frame frame,
      int side,
      Call call,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength,
      boolean unwaiting) {
    if (spin != null && side == READING && !unwaiting) {
      long n = spin(spin, frame, call, buffer, offset, length, flags, address, addressLength);
      if (n != -Constants.EAGAIN && n != -Constants.EINTR) {
        return n;
      }
    }
    long start = start();
    frame.limit = NEVER;
    frame.enter();
    try {
      // an interrupted thread makes the calls that need not wait, and no others
      for (boolean again = !Thread.currentThread().isInterrupted(); again; ) {
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
        long limit = limit(side, start, NEVER);
        if (n == -Constants.EAGAIN && elapsed(limit)) {
          return TIMED_OUT;
        }
        if (Thread.currentThread().isInterrupted()) {
          return isOpen() ? -Constants.EINTR : -Constants.EBADF;
        }
        frame.limit = limit;
        frame.enterAgain();
        again = n == -Constants.EINTR && limit == NEVER && !Thread.currentThread().isInterrupted();
      }
      return GO_ON;
    } finally {
      frame.leave();
    }
  }

  /**
   * Whether a call of a platform thread is asked without waiting first: to be ready for a close or
   * an interrupt costs a good part of a system call. Who had to wait will again.
   *
   * <p>A receive that doesn't wait takes less than SO_RCVLOWAT says, so nobody may have set it.
   */
  private boolean isTriedAtOnce(Frame frame, int side, Call call, long length, int flags) {
    boolean fits =
        side == READING
            ? (call == Call.RECV || call == Call.RECVFROM)
                && flags == 0
                && spin == null
                && timeouts.areUntouched()
            : (call == Call.SEND || call == Call.SENDTO)
                && flags == Constants.MSG_NOSIGNAL
                && length <= SMALL;
    if (!fits || nature == Nature.PECULIAR || Thread.currentThread().isVirtual()) {
      return false;
    }
    if (frame.waits > 0) {
      frame.waits--;
      return false;
    }
    return true;
  }

  /** Asks without waiting, for a while, if that is worth it. */
  private long spin(
      Spin how,
      Frame frame,
      Call call,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    boolean whole = (flags & Constants.MSG_WAITALL) != 0; // would be given what is there
    if (call instanceof Flagless || whole || !how.isDue()) {
      return -Constants.EAGAIN;
    }
    int now = flags | Constants.MSG_DONTWAIT;
    long n = call.invoke(frame, fd, buffer, offset, length, now, address, addressLength);
    if (n != -Constants.EAGAIN) {
      return n; // it was there before, which does not tell whether spinning pays
    }
    long start = System.nanoTime();
    do {
      n = call.invoke(frame, fd, buffer, offset, length, now, address, addressLength);
    } while (n == -Constants.EAGAIN && System.nanoTime() - start < how.nanos && isOpen());
    how.ended(n != -Constants.EAGAIN);
    return n;
  }

  /**
   * A call without a flag for not to wait. A listener stays O_NONBLOCK for the next, if nobody else
   * has it.
   */
  private int quietly(
      Frame frame,
      int side,
      Call call,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    return mode.unwaiting(
        frame.errno,
        fd,
        call == Call.ACCEPT && !timeouts.isShared(),
        () ->
            wakeably(
                frame,
                () ->
                    isToWait(frame, side)
                        ? -Constants.EAGAIN
                        : (int)
                            call.invoke(
                                frame, fd, buffer, offset, length, flags, address, addressLength)));
  }

  /** An interrupted thread takes what is there, and waits for nothing. */
  private boolean isToWait(Frame frame, int side) {
    return Thread.currentThread().isInterrupted() && frame.poll(fd, side == READING, 0) == 0;
  }

  /**
   * A call that another process with the same socket might make wait, by taking O_NONBLOCK away.
   */
  private int wakeably(Frame frame, IntSupplier call) {
    frame.enter();
    try {
      return isOpen() ? call.getAsInt() : -Constants.EBADF;
    } finally {
      frame.leave();
    }
  }

  /** Before the descriptor is asked: what is told from now on ends the wait. */
  private int look(Frame frame) {
    return frame.look(roomAwaited);
  }

  private int awaitTransfer(Frame frame, int side, int tries) {
    if (side == WRITING) {
      if (nature == Nature.ROOM_UNTOLD) {
        return backOff(frame, tries);
      }
      int contradictions = frame.contradictions(tries >= MANY_TRIES && frame.writable(fd));
      if (contradictions > 0) {
        return contradictions < CONTRADICTIONS ? backOff(frame, contradictions - 1) : NO_ROOM;
      }
    }
    return await(frame, side);
  }

  /** Waits for an event: 0 to look again, or -EBADF, -EINTR, TIMED_OUT. */
  private int await(Frame frame, int side) {
    if (!Thread.currentThread().isVirtual()) {
      frame.enter();
      try {
        return poll(frame, side, frame.limit);
      } finally {
        frame.leave();
      }
    }
    if (!registered) {
      return register(frame);
    }
    if (side == WRITING && !frame.isToldOfRoom()) {
      roomAwaited = true; // an event just before this told nobody: look again
      return 0;
    }
    return park(frame, frame.limit);
  }

  private int park(Frame frame, long limit) {
    if (!isOpen()) {
      return -Constants.EBADF;
    }
    PollerWait.Told event = PollerWait.begin(fd);
    frame.park(this, limit);
    if (event != null) {
      event.commit();
    }
    if (!isOpen()) {
      return -Constants.EBADF;
    }
    if (Thread.currentThread().isInterrupted()) {
      return -Constants.EINTR;
    }
    return elapsed(limit) ? TIMED_OUT : 0;
  }

  /** Waits a little, where nothing tells when there is room. */
  private int backOff(Frame frame, int tries) {
    long limit = frame.limit;
    if (elapsed(limit)) {
      return TIMED_OUT;
    }
    long pause = System.nanoTime() + BackOff.nanos(tries);
    int waited = park(frame, limit == NEVER || limit - pause > 0 ? pause : limit);
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
      frame.enterAgain();
    }
  }

  /** Now, if it may come to matter: what {@link #limit} takes. */
  long start() {
    return timeouts.mayElapse() ? System.nanoTime() : 0;
  }

  /**
   * The earlier of the deadline and the end of the option's time-out.
   *
   * @param start when the wait began; 0 for now
   */
  private long limit(int side, long start, long deadline) {
    long nanos = side == READING ? timeouts.receive() : timeouts.send();
    if (nanos == 0) {
      return deadline;
    }
    long limit = (start == 0 ? System.nanoTime() : start) + nanos;
    return deadline == NEVER || limit - deadline < 0 ? limit : deadline;
  }

  /** {@link #limit} for who is not inside a call: never once the number may be somebody else's. */
  long limitInside(int side, long start, long deadline) {
    if (!gate.enter()) {
      return deadline;
    }
    try {
      return limit(side, start, deadline);
    } finally {
      gate.exit(0);
    }
  }

  static boolean elapsed(long limit) {
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
      frame.length().set(ValueLayout.JAVA_INT, 0, writer.applyAsInt(frame.address()));
      if (!mode.isBlocking()) {
        return connectUnwaiting(frame);
      }
      long start = System.nanoTime();
      if (deadline == NEVER && !Thread.currentThread().isVirtual()) {
        int n = connectBlocked(frame);
        if (n != -Constants.EINTR && n != -Constants.EAGAIN && !isPending(n)) {
          return n;
        }
        if (n != -Constants.EINTR && elapsed(limit(WRITING, start, NEVER))) {
          return TIMED_OUT;
        }
        // the kernel goes on after a signal, so that connect is now asked for its end
      }
      return connectParked(frame, waits, start, deadline);
    } finally {
      exit(frame);
    }
  }

  private int connectOnce(Frame frame) {
    int length = frame.length().get(ValueLayout.JAVA_INT, 0);
    return SysSocket.connect(frame.errno, fd, frame.address(), length);
  }

  /** Though the user's mode is blocking, or whoever has the same socket has changed it. */
  private int connectQuietly(Frame frame) {
    return mode.unwaiting(frame.errno, fd, false, () -> wakeably(frame, () -> connectOnce(frame)));
  }

  private int connectBlocked(Frame frame) {
    frame.enter();
    try {
      if (!isOpen()) {
        return -Constants.EBADF;
      }
      return Thread.currentThread().isInterrupted() ? -Constants.EINTR : connectOnce(frame);
    } finally {
      frame.leave();
    }
  }

  private int connectUnwaiting(Frame frame) {
    int n;
    do {
      n = connectQuietly(frame);
    } while (n == -Constants.EINTR);
    return n;
  }

  private int connectParked(Frame frame, boolean waits, long start, long deadline) {
    boolean lastTry = false;
    for (int tries = 0; ; tries++) {
      look(frame);
      int n = connectQuietly(frame);
      boolean full = n == -Constants.EAGAIN && !waits;
      if (!isPending(n) && !full && n != -Constants.EINTR) {
        return n;
      }
      if (tries == 0) {
        frame.limit = limit(WRITING, start, deadline);
      }
      int waited = waits ? await(frame, WRITING) : backOff(frame, tries);
      if (waited < 0 && (waited != TIMED_OUT || lastTry)) {
        return waited;
      }
      lastTry = waited == TIMED_OUT;
    }
  }

  private static boolean isPending(int n) {
    return n == -Constants.EINPROGRESS || n == -Constants.EALREADY;
  }

  // Calls that don't wait

  /** The time of a system call that doesn't wait: no lambda, of which each costs at start-up. */
  private final class Use implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(Libc.ERRNO_SIZE, Long.BYTES);

    /** Null if the socket is closed. */
    final MemorySegment errno = gate.enter() ? memory : null;

    @Override
    public void close() {
      arena.close();
      if (errno != null) {
        gate.exit(0);
      }
    }
  }

  /** For how long receives of platform threads ask again before they wait; 0 for not. */
  public void spin(long nanos) {
    use(nanos == 0 ? null : new Spin(nanos));
  }

  void use(Spin how) {
    spin = how;
  }

  /** The same. */
  public long spin() {
    Spin now = spin;
    return now == null ? 0 : now.nanos;
  }

  /** Sets the user's mode. */
  public int setBlocking(boolean blocking) {
    try (Use use = new Use()) {
      return use.errno == null ? -Constants.EBADF : mode.set(use.errno, fd, blocking);
    }
  }

  /** bind(2). */
  public int bind(MemorySegment address, int length) {
    try (Use use = new Use()) {
      return use.errno == null ? -Constants.EBADF : SysSocket.bind(use.errno, fd, address, length);
    }
  }

  /** listen(2). */
  public int listen(int backlog) {
    try (Use use = new Use()) {
      return use.errno == null ? -Constants.EBADF : SysSocket.listen(use.errno, fd, backlog);
    }
  }

  /** shutdown(2). */
  public int shutdown(int how) {
    try (Use use = new Use()) {
      return use.errno == null ? -Constants.EBADF : SysSocket.shutdown(use.errno, fd, how);
    }
  }

  /** getsockname(2). */
  public int getsockname(MemorySegment address, MemorySegment length) {
    try (Use use = new Use()) {
      return use.errno == null
          ? -Constants.EBADF
          : SysSocket.getsockname(use.errno, fd, address, length);
    }
  }

  /** getpeername(2). */
  public int getpeername(MemorySegment address, MemorySegment length) {
    try (Use use = new Use()) {
      return use.errno == null
          ? -Constants.EBADF
          : SysSocket.getpeername(use.errno, fd, address, length);
    }
  }

  /** getsockopt(2). */
  public int getsockopt(int level, int name, MemorySegment value, MemorySegment length) {
    try (Use use = new Use()) {
      return use.errno == null
          ? -Constants.EBADF
          : SysSocket.getsockopt(use.errno, fd, level, name, value, length);
    }
  }

  /** setsockopt(2). */
  public int setsockopt(int level, int name, MemorySegment value, int length) {
    int answer;
    try (Use use = new Use()) {
      answer =
          use.errno == null
              ? -Constants.EBADF
              : SysSocket.setsockopt(use.errno, fd, level, name, value, length);
    }
    boolean ofWaits = Timeouts.isOne(name) || name == Constants.SO_RCVLOWAT;
    if (level == Constants.SOL_SOCKET && ofWaits) {
      timeouts.forget();
    }
    // under TLS in the kernel a receive stops short of records that are no data
    troubled |= level == Constants.IPPROTO_TCP && name == Constants.TCP_ULP;
    return answer;
  }

  /** A second descriptor of the same socket, close-on-exec: fcntl(2), F_DUPFD_CLOEXEC. */
  public int dup() {
    try (Use use = new Use()) {
      return use.errno == null
          ? -Constants.EBADF
          : Unistd.fcntl(use.errno, fd, Constants.F_DUPFD_CLOEXEC, 0);
    }
  }

  /**
   * A second descriptor of the same socket, for others: in the user's mode, close-on-exec, and none
   * of 0, 1 and 2.
   */
  public int lend() {
    share();
    try (Use use = new Use()) {
      if (use.errno == null) {
        return -Constants.EBADF;
      }
      mode.restore(use.errno, fd);
      return Unistd.fcntl(use.errno, fd, Constants.F_DUPFD_CLOEXEC, STDERR + 1);
    }
  }

  /**
   * Runs a task that can't be woken, such as a look-up, on a platform thread, and waits for it; a
   * close meanwhile lets the caller go at once, and leaves the task to itself.
   *
   * @return null after a close
   * @throws InterruptedException if the calling thread is interrupted
   */
  public <T> T await(Supplier<T> task) throws InterruptedException {
    if (!gate.enter()) {
      return null;
    }
    Frame frame = guest();
    try {
      CompletableFuture<T> result = Background.start(task);
      var _ = result.whenComplete((value, thrown) -> frame.change());
      for (; ; ) {
        look(frame);
        if (result.isDone()) {
          return result.join();
        }
        int waited = park(frame, NEVER);
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
    Gate.Entry entry = gate.enter(side);
    if (entry == Gate.Entry.OWNER) {
      return side == READING ? reading : writing;
    }
    return entry == Gate.Entry.GUEST ? guest() : null;
  }

  private Frame guest() {
    Frame frame = Frames.take();
    watch(frame);
    return frame;
  }

  private void exit(Frame frame) {
    if (frame == reading) {
      gate.exit(READING);
    } else if (frame == writing) {
      gate.exit(WRITING);
    } else {
      unwatch(frame);
      Frames.give(frame);
      gate.exit(0);
    }
  }

  /**
   * Closes it, once: those inside a call are woken and answer -EBADF, and close(2) follows when
   * they are out. Closing it again does nothing.
   *
   * @return 0, or -errno of close(2), after which it is closed all the same
   */
  public int close() {
    return evict() ? Closing.close(fd) : 0;
  }

  /** {@link #close} for an owner that was lost: does not wait, whatever is lingering. */
  public void abandon() {
    if (evict()) {
      Closing.abandon(fd);
    }
  }

  /**
   * Gives the descriptor away, open: those inside a call answer -EBADF.
   *
   * @return its number, or -EBADF
   */
  public int detach() {
    return evict() ? fd : -Constants.EBADF;
  }

  /** Lets nobody in any more, and sees everybody out; false if somebody else did. */
  private boolean evict() {
    if (!gate.close()) {
      return false;
    }
    boolean interrupted = !gate.isEmpty() && Thread.interrupted();
    while (!gate.isEmpty()) {
      wakeAll();
      LockSupport.parkNanos(this, WAKE_AGAIN_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (registered) {
      Poller.of(fd).remove(fd);
    }
    mode.restore(reading.errno, fd);
    Frames.give(reading);
    Frames.give(writing);
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
    forEachGuest(Frame::wake);
  }

  // Events

  private int register(Frame frame) {
    int answer = Poller.start();
    return answer < 0 ? answer : Poller.of(fd).add(frame.errno, fd, this);
  }

  /** Whether a poller tells of events: which it does from then on. */
  boolean isRegistered() {
    return registered;
  }

  /** To be told by the poller, which does so once. */
  void registered() {
    registered = true;
  }

  /** What a poller saw. */
  void event(int events) {
    if ((events & TROUBLE) != 0) { // before anybody is woken
      troubled = true;
      hungUp |= (events & Constants.EPOLLRDHUP) != 0;
    }
    if ((events & ~Constants.EPOLLOUT) != 0) {
      reading.change();
    }
    if (roomAwaited && (events & ~(Constants.EPOLLIN | Constants.EPOLLPRI)) != 0) {
      writing.change();
    }
    forEachGuest(Frame::change);
  }

  @Override
  public String toString() {
    return "descriptor " + fd;
  }

  // Poll's side

  /** Wakes {@code watcher} too, from now on, by events and by close. */
  void watch(Frame watcher) {
    if (guests == null) {
      GUESTS.compareAndSet(this, null, new CopyOnWriteArrayList<Frame>());
    }
    guests.add(watcher);
  }

  private void forEachGuest(Consumer<Frame> what) {
    List<Frame> now = guests;
    if (now != null) {
      now.forEach(what);
    }
  }

  void unwatch(Frame watcher) {
    guests.remove(watcher);
  }

  /** Joins those inside a call, so that the number stays; false after close. */
  boolean hold() {
    return gate.enter();
  }

  void letGo() {
    gate.exit(0);
  }

  int fd() {
    return fd;
  }

  int registerFor(Frame watcher) {
    return registered ? 0 : register(watcher);
  }
}
