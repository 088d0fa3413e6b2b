package nixio;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import nixio.io.PollSet;
import nixio.posix.Constants;
import nixio.posix.Libc;

/**
 * Sockets to be waited for together; see poll(2). A set is used again and again, and allocates
 * nothing per call.
 *
 * {@snippet file="PollExample.java" region="poll"}
 *
 * <p>For one thread at a time: a second one gets an IllegalStateException. The sockets may be used,
 * and closed, by any thread meanwhile: a close wakes the waiting thread, with {@link #NVAL} for the
 * closed socket. On a virtual thread the wait parks.
 */
public final class Poll {
  /** There are data to receive, a connection to accept, or the end. */
  public static final int IN = Constants.POLLIN;

  /** There are urgent data. */
  public static final int PRI = Constants.POLLPRI;

  /** There is room to send, or connect has ended. */
  public static final int OUT = Constants.POLLOUT;

  /** There is an error; found also if not asked for. */
  public static final int ERR = Constants.POLLERR;

  /** Both directions have ended; found also if not asked for. */
  public static final int HUP = Constants.POLLHUP;

  /** The socket was closed; found also if not asked for. */
  public static final int NVAL = Constants.POLLNVAL;

  /** The peer has ended its direction. */
  public static final int RDHUP = Constants.POLLRDHUP;

  private static final ImmutableMap<String, Integer> FLAGS =
      ImmutableMap.of(
          "in", IN, "pri", PRI, "out", OUT, "err", ERR, "hup", HUP, "nval", NVAL, "rdhup", RDHUP);

  private static final int MOST = 0xFFFF;

  private final PollSet set = new PollSet();

  /** Keeps them from being lost, and closed, while they are waited for. */
  private final Set<Socket> sockets = new HashSet<>();

  /** An empty set. */
  public Poll() {
    Libc.require();
  }

  /**
   * The events of nixio's names: in, pri, out, err, hup, nval, rdhup.
   *
   * @throws IllegalArgumentException for others
   */
  public static int flags(String... names) {
    int events = 0;
    for (String name : names) {
      events |= Names.find("event", FLAGS, name);
    }
    return events;
  }

  /** The names of events. */
  public static Set<String> names(int events) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    FLAGS.forEach((name, bit) -> {
      if ((events & bit) != 0) {
        names.add(name);
      }
    });
    return names.build();
  }

  /**
   * Adds a socket.
   *
   * @param events what to wait for, or'ed
   * @throws IllegalArgumentException if it is here already, or the events are none of poll(2)'s
   * @throws NixioException EBADF if it was closed
   */
  public Poll add(Socket socket, int events) throws NixioException {
    if (set.contains(socket.descriptor())) {
      throw new IllegalArgumentException(
          socket + " is in this set already: set() changes its events");
    }
    return put(socket, events);
  }

  /**
   * Changes what to wait for.
   *
   * @throws IllegalArgumentException if the socket is not here, or the events are none of poll(2)'s
   */
  public Poll set(Socket socket, int events) throws NixioException {
    if (!set.contains(socket.descriptor())) {
      throw new IllegalArgumentException(socket + " is not in this set: add() adds it");
    }
    return put(socket, events);
  }

  private Poll put(Socket socket, int events) throws NixioException {
    if ((events & ~MOST) != 0) {
      throw new IllegalArgumentException(
          "events 0x" + Integer.toHexString(events) + " are not 16 bits");
    }
    if (set.set(socket.descriptor(), events) < 0) {
      throw NixioException.closed("poll");
    }
    sockets.add(socket);
    return this;
  }

  /** Removes a socket, which may be closed; nothing happens if it is not here. */
  public Poll remove(Socket socket) {
    set.remove(socket.descriptor());
    sockets.remove(socket);
    return this;
  }

  /**
   * Waits until there is an event, or the time is up.
   *
   * @param timeout zero does not wait, null waits for ever
   * @return how many sockets have events: {@link #events} tells which
   * @throws NixioException EINTR if the thread is interrupted, and stays so
   */
  public int poll(Duration timeout) throws NixioException {
    try {
      int found = set.poll(Durations.deadline(timeout));
      if (found < 0) {
        throw new NixioException("poll", null, -found);
      }
      return found;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The events that the last {@link #poll} found for a socket, or'ed; 0 for none. */
  public int events(Socket socket) {
    return set.found(Objects.requireNonNull(socket, "socket").descriptor());
  }
}
