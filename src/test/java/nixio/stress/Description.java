package nixio.stress;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import nixio.Address;
import nixio.Shutdown;
import nixio.Socket;

/**
 * An open file description: what all the sockets share that were made of one by dup and by detach
 * and adopt; with what was done to it that explains what its calls answer.
 */
final class Description {
  static final long UNLIMITED = Long.MAX_VALUE;

  final Kind kind;
  final String name;

  /** Calls that are in progress. */
  final AtomicInteger receivers = new AtomicInteger();

  final AtomicInteger senders = new AtomicInteger();

  /** The shortest time-outs that it ever had. */
  final AtomicLong receiveTimeout = new AtomicLong(UNLIMITED);

  final AtomicLong sendTimeout = new AtomicLong(UNLIMITED);

  /** What goes out and comes in; null for a listener. */
  Flow out;

  Flow in;

  /** The other end; itself if it has none. */
  Description peer = this;

  /** The listener between it and its peer, or null. */
  Description listener;

  /** Where to send to, if it is not connected. */
  volatile Address target;

  volatile boolean connected;

  /** Whether connect may have had no end, or nobody has kept what accept has given. */
  volatile boolean abandoned;

  volatile boolean gone;
  volatile boolean readShut;
  volatile boolean writeShut;

  /** Whether a call has told of an error of the connection's, which is told once. */
  volatile boolean broken;

  /** Whether a call has answered the end. */
  volatile boolean ended;

  private final List<Handle> handles = new CopyOnWriteArrayList<>();
  private final ReentrantLock change = new ReentrantLock();
  private volatile Handle first;
  private boolean sealed;

  Description(Kind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  /** Another socket for it; null if it wants no more. */
  Handle add(Socket socket) {
    return add(socket, new Mode(socket.isBlocking()));
  }

  /** The same for a duplicate, which has the mode of the other. */
  Handle add(Socket socket, Mode mode) {
    change.lock();
    try {
      if (sealed) {
        return null;
      }
      Handle handle = new Handle(socket, this, mode);
      handles.add(handle);
      if (first == null) {
        first = handle;
      }
      return handle;
    } finally {
      change.unlock();
    }
  }

  /**
   * To be told before the close of one; with the last the description is gone.
   *
   * @return false if somebody else is about to close it
   */
  boolean beginClose(Handle handle) {
    if (!handle.claimClose()) {
      return false;
    }
    change.lock();
    try {
      handles.remove(handle);
      gone |= handles.isEmpty();
    } finally {
      change.unlock();
    }
    handle.closes();
    handle.mayCloseAgain();
    return true;
  }

  /** Takes one away that was detached, if its successor is there. */
  void forget(Handle handle) {
    handles.remove(handle);
  }

  /** Wants no more sockets. */
  void seal() {
    change.lock();
    try {
      sealed = true;
      gone = true;
    } finally {
      change.unlock();
    }
  }

  List<Handle> handles() {
    return handles;
  }

  /** The one that it began with, also if it is closed; null before. */
  Handle first() {
    return first;
  }

  /** Any of its sockets; null if it has none. */
  Handle any(SplittableRandom random) {
    Object[] now = handles.toArray();
    return now.length == 0 ? null : (Handle) now[random.nextInt(now.length)];
  }

  void shut(Shutdown how) {
    readShut |= how != Shutdown.WR;
    writeShut |= how != Shutdown.RD;
  }

  /** What accept hands on: the time-outs. */
  void inherit(Description from) {
    receiveTimeout.accumulateAndGet(from.receiveTimeout.get(), Math::min);
    sendTimeout.accumulateAndGet(from.sendTimeout.get(), Math::min);
  }

  /** Whether a socket stays itself, as whole transfers of several threads need it. */
  boolean isForWholes(Handle handle) {
    return handle == first && isForWholes();
  }

  /** Whether a socket stays blocking, for the same reason. */
  boolean waitsForWholes(Handle handle) {
    return isForWholes() && handle.mode == first.mode;
  }

  private boolean isForWholes() {
    return out != null && (out.sendsWhole() || in.receivesWhole());
  }

  /** To be told before it has the time-out. */
  static void limit(AtomicLong timeout, Duration value) {
    if (!value.isZero()) {
      timeout.accumulateAndGet(value.toNanos(), Math::min);
    }
  }

  /** Whether the other end has done something that ends or breaks the connection. */
  boolean isLeft() {
    return abandoned
        || peer.gone
        || peer.readShut
        || peer.writeShut
        || (listener != null && listener.gone);
  }

  @Override
  public String toString() {
    StringBuilder said = new StringBuilder(name);
    said.append(connected ? "" : ", not connected");
    said.append(gone ? ", gone" : "").append(isLeft() ? ", left" : "");
    said.append(readShut ? ", read shut" : "").append(writeShut ? ", write shut" : "");
    return said.append(broken ? ", broken" : "").append(ended ? ", ended" : "").toString();
  }
}
