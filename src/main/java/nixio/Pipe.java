package nixio;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Objects;
import nixio.io.Conduit;
import nixio.io.Descriptor;
import nixio.io.Turn;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Limits;

/**
 * A pipe that data pass through from one socket to another without being copied to this process;
 * see splice(2) and pipe(7). A relay needs one for each direction.
 *
 * {@snippet file="PipeExample.java" region="relay"}
 *
 * <p>The sockets must be streams. Calls wait, or don't, as the socket's mode says, with its
 * time-outs; they end when the socket is closed, and virtual threads park. What was taken from one
 * socket and has not gone to the other stays in the pipe.
 *
 * <p><b>Threads.</b> A pipe is used by one call at a time: a second one, and a close meanwhile, are
 * refused with an IllegalStateException. A pipe that is lost is closed after a garbage collection.
 */
public final class Pipe implements Closeable {
  private static final String NAME = "pipe";

  private static final Cleaner LOST = Cleaner.create();

  private final Turn turn = new Turn();
  private final Conduit conduit;
  private final Cleaner.Cleanable closing;
  private long passed;

  private Pipe(Conduit own) {
    conduit = own;
    closing = LOST.register(this, own::close);
  }

  /** A new pipe, of the kernel's default capacity, which is 64 KiB. */
  public static Pipe open() throws IOException {
    return opened(0);
  }

  /**
   * A new pipe of a capacity.
   *
   * @param capacity bytes, 1 or more, of which the kernel makes a power of two, at least a page
   * @throws NixioException EPERM if it is more than /proc/sys/fs/pipe-max-size, and the process
   *     does not have CAP_SYS_RESOURCE
   */
  public static Pipe open(int capacity) throws IOException {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " is not positive");
    }
    return opened(capacity);
  }

  private static Pipe opened(int capacity) throws IOException {
    Libc.require();
    Conduit[] opened = new Conduit[1];
    int answer = Conduit.open(capacity, opened);
    if (answer < 0) {
      throw new NixioException("pipe", null, -answer, 0, advice(capacity, -answer));
    }
    return new Pipe(opened[0]);
  }

  /** Only of a capacity: where no descriptor is left, nothing can be read, not even a class. */
  private static String advice(int capacity, int number) {
    return number != Constants.EPERM
        ? null
        : "a pipe of "
            + capacity
            + " bytes was asked for; without CAP_SYS_RESOURCE it can have "
            + Limits.pipe()
            + ": /proc/sys/fs/pipe-max-size, and pipe-user-pages-soft for all pipes of a user";
  }

  /** How many bytes there is room for; fewer, if they come in pieces shorter than a page. */
  public int capacity() throws IOException {
    turn.take(NAME);
    try {
      int answer = conduit.capacity();
      if (answer < 0) {
        throw new NixioException("fcntl", null, -answer);
      }
      return answer;
    } finally {
      turn.giveBack();
      Reference.reachabilityFence(this);
    }
  }

  /** How many bytes are inside: taken from a socket, and not yet gone to one. */
  public long held() {
    return conduit.held();
  }

  /** How many bytes have gone out, since it was opened. */
  public long passed() {
    return passed;
  }

  /**
   * Takes data from a socket, as they come.
   *
   * @param most bytes, 0 or more
   * @return how many bytes; 0 if the pipe is full; {@link Socket#EOF}, {@link Socket#WOULD_BLOCK}
   * @throws java.net.SocketTimeoutException if SO_RCVTIMEO has elapsed
   * @throws IllegalArgumentException if the socket is no stream
   * @throws NixioException as {@link Socket#recv(java.lang.foreign.MemorySegment)}
   */
  public long fill(Socket from, long most) throws IOException {
    demandCount(most);
    demandStream(Objects.requireNonNull(from, "from"));
    turn.take(NAME);
    try {
      return take(from, most, 0);
    } finally {
      turn.giveBack();
    }
  }

  /**
   * @param before what the call has moved already, which its failure is to tell
   */
  private long take(Socket from, long most, long before) throws IOException {
    if (most == 0 || !conduit.hasRoom()) {
      return from.answerOf("splice from", false, after(before, from.nothing()));
    }
    try {
      Events.Read event = Events.read();
      long answer = conduit.fill(from.descriptor(), most);
      if (event != null) {
        event.end(from, null, answer);
      }
      return answer > 0 ? answer : from.answerOf("splice from", answer == 0, after(before, answer));
    } finally {
      Reference.reachabilityFence(from);
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Gives data to a socket: a blocking one takes all of them before this returns.
   *
   * @param most bytes, 0 or more; never more than are inside
   * @return how many bytes; {@link Socket#WOULD_BLOCK}
   * @throws java.net.SocketTimeoutException if SO_SNDTIMEO has elapsed in a wait; {@code
   *     bytesTransferred} tells how many bytes went before
   * @throws NixioException as {@link Socket#send(java.lang.foreign.MemorySegment)}, with {@code
   *     transferred()}; the rest stays inside
   */
  public long drain(Socket to, long most) throws IOException {
    demandCount(most);
    demandStream(Objects.requireNonNull(to, "to"));
    turn.take(NAME);
    try {
      return give(to, most, 0);
    } finally {
      turn.giveBack();
    }
  }

  private long give(Socket to, long most, long before) throws IOException {
    long length = Math.min(most, conduit.held());
    if (length == 0) {
      return to.answerOf("splice to", false, after(before, to.nothing()));
    }
    try {
      Events.Write event = Events.write();
      long answer = conduit.drain(to.descriptor(), length);
      passed += Descriptor.transferred(answer);
      if (event != null) {
        event.end(to, null, answer);
      }
      return answer > 0 ? answer : to.answerOf("splice to", false, after(before, answer));
    } finally {
      Reference.reachabilityFence(to);
      Reference.reachabilityFence(this);
    }
  }

  private static long after(long before, long answer) {
    return answer >= 0 || answer == -Constants.EAGAIN || before == 0
        ? answer
        : Descriptor.midway(before + Descriptor.transferred(answer), -Descriptor.errno(answer));
  }

  /**
   * Takes data from a socket and gives them to another, until so many have gone out, or the first
   * has ended. What an earlier call has left inside goes first. An exception names {@code splice
   * from} or {@code splice to}, and tells how many bytes had gone out; {@link #held} tells how many
   * are inside.
   *
   * @param count bytes, 0 or more; {@link Long#MAX_VALUE} for all
   * @return how many bytes have gone out, fewer than asked for at the end or where a non-blocking
   *     socket would block; if none have, {@link Socket#EOF} or {@link Socket#WOULD_BLOCK}
   */
  public long relay(Socket from, Socket to, long count) throws IOException {
    demandCount(count);
    demandStream(Objects.requireNonNull(from, "from"));
    demandStream(Objects.requireNonNull(to, "to"));
    turn.take(NAME);
    try {
      long start = passed;
      for (; ; ) {
        long due = Math.min(conduit.held(), count - (passed - start));
        long n = give(to, due, passed - start);
        long moved = passed - start;
        if (n < due) {
          return moved > 0 ? moved : n;
        }
        if (moved == count) {
          return moved;
        }
        n = take(from, count - moved, moved);
        if (n < 0) {
          return moved > 0 ? moved : n;
        }
      }
    } finally {
      turn.giveBack();
    }
  }

  /** Between others, the boundaries of messages would get lost. */
  private static void demandStream(Socket socket) {
    if (socket.type() != Type.STREAM) {
      throw new IllegalArgumentException(
          "a pipe is for streams; the type of " + socket + " is " + socket.type());
    }
  }

  private static void demandCount(long count) {
    if (count < 0) {
      throw new IndexOutOfBoundsException("a count of " + count + " bytes is negative");
    }
  }

  /**
   * Closes it; what is inside is lost. Doing so again does nothing.
   *
   * @throws IllegalStateException if a call is using it; it stays open then
   */
  @Override
  public void close() {
    if (turn.end(NAME)) {
      closing.clean();
    }
  }

  /** How many bytes are inside, and how many have passed. */
  @Override
  public String toString() {
    return NAME + " with " + held() + " bytes, " + passed + " passed";
  }
}
