package nixio.stress;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import nixio.Errno;

/**
 * What may be done, and the table of what the documentation lets it fail with, and when: on any
 * other failure the run fails. Those that every call may have are the {@link Verdict}'s.
 */
enum Act {
  OPEN,
  PAIR,
  BIND,
  LISTEN,
  NAME,
  DUP,
  DETACH,
  ADOPT,
  CLOSE,
  GETOPT,
  SETOPT,
  SETBLOCKING,
  WATCH,
  INTERRUPT,
  SIGNAL,
  SHUTDOWN(
      row(Errno.ENOTCONN, c -> c.wasUnconnected() || isCut(c.to()) || c.to().kind.isDatagram())),
  PEERNAME(row(Errno.ENOTCONN, c -> c.wasUnconnected() || isCut(c.to()) || c.to().target != null)),
  ACCEPT(Waits.YES),
  POLL(Waits.YES),
  CONNECT(
      Waits.YES,
      row(Errno.ECONNREFUSED, c -> c.to().listener.gone),
      row(Errno.ECONNRESET, c -> isCut(c.to())),
      row(Errno.ECONNABORTED, c -> isCut(c.to())),
      row(Errno.EPIPE, c -> isCut(c.to())),
      row(Errno.EISCONN, c -> true)),
  /** Under signals, and in vain. */
  WAIT(Waits.YES),
  RECV(Waits.YES, receiving()),
  RECVFROM(Waits.YES, receiving()),
  RECVALL(Waits.YES, receiving()),
  SEND(Waits.YES, sending()),
  SENDTO(Waits.YES, sending()),
  SENDALL(Waits.YES, sending());

  private enum Waits {
    YES
  }

  /** An errno, and what must have happened before. */
  private record Row(Errno errno, Predicate<Call> when) {}

  private final boolean waits;
  private final List<Row> rows;

  Act(Row... rows) {
    this.waits = false;
    this.rows = List.of(rows);
  }

  Act(Waits waits, Row... rows) {
    this.waits = waits == Waits.YES;
    this.rows = List.of(rows);
  }

  private static Row row(Errno errno, Predicate<Call> when) {
    return new Row(errno, when);
  }

  private static boolean isCut(Description description) {
    return description.isLeft() || description.readShut || description.writeShut;
  }

  private static Row[] receiving() {
    return new Row[] {
      row(Errno.ECONNRESET, c -> mayBeReset(c)),
      row(Errno.EPIPE, c -> mayBeReset(c)),
      row(Errno.ECONNREFUSED, c -> (c.to().isLeft() && c.to().kind.isUdp()) || isRefused(c)),
      row(Errno.ENOPROTOOPT, c -> c.to().kind == Kind.RAW),
      row(Errno.ENOTCONN, c -> c.wasUnconnected() && c.to().kind != Kind.UNIX_STREAM),
      row(Errno.EINVAL, c -> c.wasUnconnected() && c.to().kind == Kind.UNIX_STREAM)
    };
  }

  private static Row[] sending() {
    return new Row[] {
      row(Errno.EPIPE, c -> c.to().isLeft() || c.to().writeShut || c.wasUnconnected()),
      row(Errno.ECONNRESET, c -> mayBeReset(c)),
      row(Errno.ECONNREFUSED, c -> (c.to().isLeft() && c.to().kind.isDatagram()) || isRefused(c)),
      row(Errno.ENOPROTOOPT, c -> c.to().kind == Kind.RAW),
      row(Errno.ENOTCONN, c -> c.to().kind.isUnix() && (c.wasUnconnected() || c.to().isLeft()))
    };
  }

  /**
   * Whoever waits for a connection that another thread is making is told, too, what became of it.
   */
  private static boolean isRefused(Call call) {
    return call.wasUnconnected() && call.to().listener != null && call.to().listener.gone;
  }

  private static boolean mayBeReset(Call call) {
    return !call.to().kind.isUdp() && (isBroken(call.to()) || call.wasUnconnected());
  }

  /** TCP breaks off where data come for who has ended both directions. */
  private static boolean isBroken(Description description) {
    return description.isLeft() || (description.readShut && description.writeShut);
  }

  /** Whether it may have to wait. */
  boolean waits() {
    return waits;
  }

  /** Whether a call may fail so, as things are. */
  boolean permits(Errno errno, Call call) {
    return call.handle != null
        && rows.stream().anyMatch(row -> row.errno == errno && row.when.test(call));
  }

  boolean isOneOf(Act... acts) {
    return Arrays.asList(acts).contains(this);
  }
}
