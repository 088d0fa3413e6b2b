package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import nixio.io.Descriptor;
import nixio.io.Lease;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Limits;

/**
 * Large sends that the kernel makes from the sender's memory, without copying them first:
 * MSG_ZEROCOPY, see the kernel's networking/msg_zerocopy. Until the kernel says that it is done
 * with it, the memory must not be written. So it belongs to this object, which hands out a buffer,
 * takes it away when it is sent, and hands it out again when the kernel is done:
 *
 * {@snippet file="ZeroCopyExample.java" region="zerocopy"}
 *
 * <p>Measure whether it pays: the kernel has work with the pages and the notes, and copies after
 * all where the data don't leave by a device that can fetch them from everywhere, such as on the
 * loopback: {@link #copied} tells. Below some 10 KB a send it never does.
 *
 * <p><b>Sockets.</b> TCP and UDP, of IPv4 and IPv6. The kernel's notes come by the socket's queue
 * of errors, of which nobody else may receive, and they are counted, so that nobody else may send
 * with {@link Msg#ZEROCOPY}; other notes, such as timestamps, get lost. The socket stays the
 * caller's; it may be closed before or after. Calls wait, whatever the socket's mode.
 *
 * <p><b>Threads.</b> It is used by one call at a time: a second one is refused with an
 * IllegalStateException. A buffer belongs to the thread that has taken it.
 */
public final class ZeroCopy implements AutoCloseable {
  private static final String NAME = "zero-copy sender";
  private static final long PAGE = 4096;
  private static final Duration PAUSE = Duration.ofMillis(1);

  private static final Cleaner LOST = Cleaner.create();

  private final Socket socket;
  private final Poll poll = new Poll();
  private final Batch notes;
  private final Lease lease;
  private final Cleaner.Cleanable freeing;
  private final Slot[] slots;
  private final long room;

  /** Which slot a send was made from, by the kernel's number of it. */
  private final Map<Integer, Slot> underWay = new HashMap<>();

  /**
   * Whether a send has failed, of which there may be a note all the same: see {@link #done(int,
   * int, int)}.
   */
  private boolean failed;

  private long done;
  private long copied;

  /** A buffer's place. */
  private static final class Slot {
    private final ZeroCopy owner;
    final MemorySegment memory;

    /** Of what is handed out, and to whom; null while nothing is. */
    Arena taken;

    Thread taker;

    /** Sends that the kernel is not done with. */
    int sends;

    Slot(ZeroCopy owner, MemorySegment memory) {
      this.owner = owner;
      this.memory = memory;
    }

    boolean isFree() {
      return taken == null && sends == 0;
    }

    /** What is handed out is confined to the thread, and keeps the owner from being lost. */
    MemorySegment handOut() {
      taken = Arena.ofConfined();
      taker = Thread.currentThread();
      return memory.reinterpret(taken, _ -> owner.ended(this));
    }

    void takeAway() {
      taken.close();
    }
  }

  private ZeroCopy(Socket socket, Lease memory, int buffers, long bytes) throws IOException {
    this.socket = socket;
    this.lease = memory;
    this.room = bytes;
    long stride = (bytes + PAGE - 1) & -PAGE;
    MemorySegment all = memory.map(buffers * stride);
    slots = new Slot[buffers];
    for (int i = 0; i < buffers; i++) {
      slots[i] = new Slot(this, all.asSlice(i * stride, bytes));
    }
    this.notes = Batch.of(1, 0);
    this.freeing = LOST.register(this, memory::abandon);
  }

  /**
   * Makes a socket ready to send without copies, and the buffers to send from.
   *
   * @param buffers how many, 1 or more: as many sends can be under way
   * @param bytes of each, 1 or more
   * @throws IllegalArgumentException if the socket has SO_ZEROCOPY, as from an open one of these
   * @throws NixioException EOPNOTSUPP if it is of another domain or protocol
   * @throws OutOfMemoryError if there is not so much memory
   */
  public static ZeroCopy of(Socket socket, int buffers, long bytes) throws IOException {
    Objects.requireNonNull(socket, "socket");
    Libc.require();
    if (buffers < 1 || bytes < 1 || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          buffers
              + " buffers of "
              + bytes
              + " bytes: there must be one at least, of 1.."
              + Integer.MAX_VALUE);
    }
    if (socket.getopt(Option.SO_ZEROCOPY)) {
      throw new IllegalArgumentException(
          socket
              + " has SO_ZEROCOPY already: with two senders, whose sends are done could not be told;"
              + " close the other first");
    }
    Lease memory = new Lease();
    try {
      ZeroCopy made = new ZeroCopy(socket, memory, buffers, bytes);
      socket.setopt(Option.SO_ZEROCOPY, true);
      return made;
    } catch (Throwable t) {
      memory.abandon();
      throw t;
    }
  }

  /** How many bytes a buffer has. */
  public long room() {
    return room;
  }

  /** How many sends the kernel is not known to be done with yet. */
  public int underWay() {
    return underWay.size();
  }

  /** How many sends the kernel is known to be done with. */
  public long done() {
    return done;
  }

  /** How many of those {@link #done} it has copied after all. */
  public long copied() {
    return copied;
  }

  /** A buffer to be filled and sent; waits for one without limit. */
  public MemorySegment take() throws IOException {
    return take(null);
  }

  /**
   * A buffer to be filled, and to be sent by the same thread; waits until the kernel is done with
   * one. What is in it is not said.
   *
   * @param timeout null for ever
   * @throws IllegalStateException if all are taken already, and none is sent; or this is closed
   * @throws SocketTimeoutException if the time is up
   * @throws NixioException EBADF if the socket is closed, EINTR if the thread is interrupted
   */
  public MemorySegment take(Duration timeout) throws IOException {
    long deadline = Durations.deadline(timeout);
    lease.take(NAME);
    try {
      for (int tries = 0; ; tries++) {
        Slot free = free();
        if (free == null && reap("take", 0) > 0) {
          tries = 0;
          free = free();
        }
        if (free != null) {
          return free.handOut();
        }
        if (underWay.isEmpty()) {
          throw new IllegalStateException("all " + slots.length + " buffers are taken: send one");
        }
        awaitNote("take", deadline, tries, 0);
      }
    } finally {
      lease.giveBack();
    }
  }

  private void ended(Slot slot) {
    slot.taken = null;
    slot.taker = null;
  }

  private Slot free() {
    for (Slot slot : slots) {
      if (slot.isFree()) {
        return slot;
      }
    }
    return null;
  }

  /**
   * Sends the first bytes of a buffer, all of them before it returns. After that the buffer is
   * gone: its use is an IllegalStateException. If none could be sent it is as before.
   *
   * @param buffer as it was taken
   * @param length bytes, 1..{@link #room}
   * @throws IllegalArgumentException if that is no buffer of here, taken and not sent
   * @throws WrongThreadException if another thread has taken it
   * @throws SocketTimeoutException if SO_SNDTIMEO has elapsed in a wait; {@code bytesTransferred}
   *     tells how many bytes went before
   * @throws NixioException as {@link Socket#send(MemorySegment)}, with {@code transferred()};
   *     ENOBUFS if net.core.optmem_max or RLIMIT_MEMLOCK allow no such send
   */
  public void send(MemorySegment buffer, long length) throws IOException {
    Segments.check(buffer);
    if (length < 1 || length > room) {
      throw new IndexOutOfBoundsException(length + " bytes are not 1.." + room);
    }
    lease.take(NAME);
    try {
      Slot slot = find(buffer);
      long sent = 0;
      if (failed) {
        reap("send", 0);
      }
      try {
        while (sent < length) {
          sent += sendSome(slot, sent, length - sent);
        }
      } finally {
        if (sent > 0) {
          slot.takeAway();
        }
      }
      reapQuietly();
    } finally {
      lease.giveBack();
    }
  }

  /** Everything was sent: what is wrong with the socket since then is the next call's to tell. */
  private void reapQuietly() {
    try {
      reap("send", 0);
    } catch (IOException e) {
      // as said
    }
  }

  private Slot find(MemorySegment buffer) {
    for (Slot slot : slots) {
      if (slot.taken != null
          && slot.memory.address() == buffer.address()
          && buffer.byteSize() == room) {
        return slot;
      }
    }
    throw new IllegalArgumentException(
        "no buffer that was taken here and not sent since, or not the whole of it: " + buffer);
  }

  /**
   * One system call, which the kernel gives a number if it sends anything. It pins the pages of all
   * that it is asked to send, as far as the limits allow: otherwise sends that are under way have
   * to end first, and what is left to be made in smaller ones.
   */
  private long sendSome(Slot slot, long sent, long length) throws IOException {
    long most = length;
    long start = System.nanoTime();
    for (int tries = 0; ; tries++) {
      Events.Write event = Events.write();
      long answer = socket.descriptor().send(slot.memory, sent, most, Msg.ZEROCOPY.bits());
      if (event != null) {
        event.end(socket, null, answer);
      }
      if (answer > 0) {
        underWay.put(socket.nextUncopied++, slot);
        slot.sends++;
        return answer;
      }
      if (answer == -Constants.EAGAIN) {
        awaitRoom(start, sent);
        continue;
      }
      failed = true;
      if (answer != -Constants.ENOBUFS) {
        socket.answerOf("send", false, sent == 0 ? answer : Descriptor.midway(sent, answer));
      } else if (reap("send", sent) > 0) {
        tries = -1;
      } else if (!underWay.isEmpty()) {
        awaitNote("send", deadlineOfSends(start), tries, sent);
      } else if (most > PAGE && socket.type() == Type.STREAM) {
        most = Math.max(PAGE, most / 2);
      } else {
        throw new NixioException("send", null, Constants.ENOBUFS, sent, limits());
      }
    }
  }

  /** SO_SNDTIMEO, from a time on. */
  private long deadlineOfSends(long start) throws IOException {
    Duration most = socket.getopt(Option.SO_SNDTIMEO);
    return most.isZero() ? Descriptor.NEVER : start + TimeUnit.NANOSECONDS.convert(most);
  }

  private static String limits() {
    return "RLIMIT_MEMLOCK ("
        + Limits.lockedMemory()
        + " bytes), which all of the user's sends without copies share, or net.core.optmem_max ("
        + Limits.optionMemory()
        + " bytes) allow no such send: raise them by ulimit -l or sysctl, give CAP_IPC_LOCK, or"
        + " send less at once";
  }

  /** Where the socket is non-blocking. */
  private void awaitRoom(long start, long sent) throws IOException {
    Duration left = left("send", deadlineOfSends(start), sent);
    if (awaitEvents("send", Poll.OUT, left, sent) == 0) {
      throw timedOut("send", sent);
    }
  }

  /** Takes note of the sends that the kernel is done with. */
  private int reap(String operation, long sent) throws IOException {
    int found = 0;
    while ((failed || !underWay.isEmpty()) && isNoted(operation, sent)) {
      Control note = notes.control(0);
      if (note.errorOrigin() == QueuedError.Origin.ZEROCOPY.number()) {
        found += done((int) note.errorInfo(), (int) note.errorData(), note.errorCode());
      }
    }
    failed = false;
    return found;
  }

  private boolean isNoted(String operation, long sent) throws IOException {
    try {
      return socket.recvmsg(notes, Msg.ERRQUEUE) >= 0;
    } catch (NixioException e) {
      throw failure(operation, e, sent);
    }
  }

  /** What one of the system calls of an operation has failed with, as the operation's failure. */
  private IOException failure(String operation, NixioException e, long sent) {
    IOException failure =
        socket.isOpen()
            ? new NixioException(operation, null, e.number(), sent, null)
            : NixioException.closed(operation, sent);
    failure.initCause(e);
    return failure;
  }

  /**
   * The kernel is done with the sends of these numbers, which it counts in 32 bits. It counts a
   * datagram too that it has refused only after it was put together, such as one of too many
   * segments, or one that a filter forbids: the note of it is there when the call fails, and is
   * read before the next is sent.
   */
  private int done(int first, int last, int code) {
    int found = 0;
    if (last - socket.nextUncopied >= 0) {
      socket.nextUncopied = last + 1;
    }
    for (int number = first; !underWay.isEmpty(); number++) {
      Slot slot = underWay.remove(number);
      if (slot != null) {
        slot.sends--;
        found++;
      }
      if (number == last) {
        break;
      }
    }
    done += found;
    copied += code == QueuedError.COPIED ? found : 0;
    return found;
  }

  /**
   * Waits until there may be a note.
   *
   * @param tries how many waits before this one have brought none
   */
  private void awaitNote(String operation, long deadline, int tries, long sent) throws IOException {
    Duration left = left(operation, deadline, sent);
    if (tries == 0) {
      awaitEvents(operation, 0, left, sent);
    } else { // there are other events, which stay
      poll(operation, left == null || left.compareTo(PAUSE) > 0 ? PAUSE : left, sent);
      awaitEvents(operation, 0, Duration.ZERO, sent);
    }
  }

  /** The socket is in the set only meanwhile: who loses this object leaves nothing behind. */
  private int awaitEvents(String operation, int events, Duration timeout, long sent)
      throws IOException {
    poll.add(socket, events);
    try {
      return poll(operation, timeout, sent);
    } finally {
      poll.remove(socket);
    }
  }

  private int poll(String operation, Duration timeout, long sent) throws IOException {
    try {
      return poll.poll(timeout);
    } catch (NixioException e) {
      throw failure(operation, e, sent);
    }
  }

  private Duration left(String operation, long deadline, long sent) throws IOException {
    if (deadline == Descriptor.NEVER) {
      return null;
    }
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw timedOut(operation, sent);
    }
    return Duration.ofNanos(left);
  }

  private SocketTimeoutException timedOut(String operation, long sent) {
    SocketTimeoutException late =
        new SocketTimeoutException(
            operation + ": timed out, with " + underWay.size() + " sends under way");
    late.bytesTransferred = Math.toIntExact(sent);
    return late;
  }

  /** Waits until the kernel is done with all sends; without limit. */
  public void finish() throws IOException {
    finish(null);
  }

  /**
   * Waits until the kernel is done with all sends: of TCP, until the peer has acknowledged them.
   *
   * @param timeout null for ever
   * @throws SocketTimeoutException if the time is up
   * @throws NixioException EBADF if the socket is closed, EINTR if the thread is interrupted
   */
  public void finish(Duration timeout) throws IOException {
    long deadline = Durations.deadline(timeout);
    lease.take(NAME);
    try {
      for (int tries = 0; !underWay.isEmpty(); tries++) {
        if (reap("finish", 0) > 0) {
          tries = -1;
        } else {
          awaitNote("finish", deadline, tries, 0);
        }
      }
    } finally {
      lease.giveBack();
    }
  }

  /**
   * Frees the buffers, those that this thread has taken too, or one that has ended, and switches
   * SO_ZEROCOPY off. What the kernel is not done with it sends all the same, as it was. Doing so
   * again does nothing.
   *
   * @throws IllegalStateException if a call is using it, or another thread has taken a buffer; it
   *     stays open then
   */
  @Override
  public void close() {
    if (lease.end(NAME, this::takeAllAway)) {
      notes.close();
      freeing.clean();
      switchOff();
    }
  }

  private void switchOff() {
    try {
      socket.setopt(Option.SO_ZEROCOPY, false);
    } catch (IOException e) {
      // it is closed
    }
  }

  private void takeAllAway() {
    for (Slot slot : slots) {
      if (slot.taken != null && slot.taker != Thread.currentThread() && slot.taker.isAlive()) {
        throw new IllegalStateException("a buffer of the " + NAME + " is taken by " + slot.taker);
      }
    }
    for (Slot slot : slots) {
      if (slot.taken != null && slot.taker == Thread.currentThread()) {
        slot.takeAway();
      }
    }
  }

  /** How many buffers, of what size, and how many sends are under way. */
  @Override
  public String toString() {
    return NAME
        + " of "
        + slots.length
        + " buffers of "
        + room
        + " bytes, "
        + underWay.size()
        + " sends under way";
  }
}
