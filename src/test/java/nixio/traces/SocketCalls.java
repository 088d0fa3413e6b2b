package nixio.traces;

import com.google.common.base.CharMatcher;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nixio.Accepted;
import nixio.Address;
import nixio.Domain;
import nixio.Errno;
import nixio.Received;
import nixio.Shutdown;
import nixio.Socket;

/** The methods of nixio.Socket, each by the library's own call. */
final class SocketCalls {

  private static final Set<String> NOTHING =
      Set.of("accept", "close", "fileno", "getpeername", "getsockname", "tostring");

  private final Scene scene;
  private final Streams streams;

  SocketCalls(Scene scene) {
    this.scene = scene;
    this.streams = new Streams(scene);
  }

  Outcome call(Socket self, String fn, Arguments a) throws IOException {
    if (NOTHING.contains(fn)) {
      a.atMost(0);
    }
    return switch (fn) {
      case "accept" -> accept(self);
      case "bind" -> bind(self, a.atMost(2));
      case "close" -> close(self);
      case "connect" -> connect(self, a.atMost(2));
      case "fileno" -> fileno(self);
      case "getopt", "getsockopt" -> getopt(self, a.atMost(2));
      case "getpeername" -> Outcome.values(names(self.getpeername()).toArray());
      case "getsockname" -> Outcome.values(names(self.getsockname()).toArray());
      case "is_file", "is_tls_socket" -> Outcome.values(false);
      case "is_socket" -> Outcome.values(true);
      case "listen" -> listen(self, a.atMost(1));
      case "read" -> data(self, self.read(scene.arena, a.atMost(1).whole(0)));
      case "recv" -> data(self, self.recv(scene.arena, a.atMost(1).whole(0)));
      case "recvfrom" -> recvfrom(self, a.atMost(1));
      case "send", "write" -> send(self, fn.equals("write"), a.atMost(3));
      case "sendto" -> sendto(self, a.atMost(5));
      case "setblocking" -> setblocking(self, a.atMost(1));
      case "setopt", "setsockopt" -> setopt(self, a);
      case "shutdown" -> shutdown(self, a.atMost(1));
      case "tostring" -> Outcome.values(self.toString());
      default -> streams.call(self, fn, a);
    };
  }

  private Outcome accept(Socket self) throws IOException {
    Accepted accepted = self.accept();
    if (accepted == null) {
      return wouldBlock(self);
    }
    List<Object> values = new ArrayList<>();
    values.add(scene.own(accepted.socket()));
    values.addAll(names(accepted.peer()));
    return Outcome.values(values.toArray());
  }

  private Outcome bind(Socket self, Arguments a) throws IOException {
    if (self.domain().equals(Domain.UNIX)) {
      String path = a.text(0);
      scene.stray(path);
      if (!spelled(path)) {
        self.bind(Address.Unix.of(Lua.bytes(path)));
      } else if (a.get(1) instanceof String service) {
        self.bind(path, service);
      } else if (a.has(1)) {
        self.bind(path, a.number(1));
      } else {
        self.bind(path);
      }
    } else if (a.get(1) instanceof Long) {
      self.bind(a.textOr(0, null), a.number(1));
    } else {
      String host = a.textOr(0, null);
      self.bind(host, a.text(1));
    }
    return Outcome.done();
  }

  private Outcome connect(Socket self, Arguments a) throws IOException {
    boolean connected;
    if (self.domain().equals(Domain.UNIX)) {
      String path = a.text(0);
      if (!spelled(path)) {
        connected = self.connect(Address.Unix.of(Lua.bytes(path)));
      } else if (a.get(1) instanceof String service) {
        connected = self.connect(path, service);
      } else if (a.has(1)) {
        connected = self.connect(path, a.number(1));
      } else {
        connected = self.connect(path);
      }
    } else if (a.get(1) instanceof Long) {
      connected = self.connect(a.textOr(0, null), a.number(1));
    } else {
      String host = a.textOr(0, null);
      connected = self.connect(host, a.text(1));
    }
    if (connected) {
      return Outcome.done();
    }
    return self.isBlocking()
        ? new Outcome.Broken("false from connect on a blocking socket", null)
        : new Outcome.Pending();
  }

  /** Whether the bytes of a path are those of a Java string; others go by their bytes. */
  private static boolean spelled(String path) {
    return !path.isEmpty() && CharMatcher.inRange('\u0001', '\u007f').matchesAllOf(path);
  }

  private static Outcome close(Socket self) throws IOException {
    self.close();
    return Outcome.done();
  }

  private Outcome fileno(Socket self) throws IOException {
    long fd = self.fileno();
    scene.remember(fd);
    return Outcome.values(fd);
  }

  private static Outcome listen(Socket self, Arguments a) throws IOException {
    self.listen(a.number(0));
    return Outcome.done();
  }

  private static Outcome data(Socket self, MemorySegment received) {
    return received == null ? wouldBlock(self) : Outcome.values(Lua.text(received));
  }

  private Outcome recvfrom(Socket self, Arguments a) throws IOException {
    Received received = self.recvfrom(scene.arena, a.whole(0));
    if (received == null) {
      return wouldBlock(self);
    }
    List<Object> values = new ArrayList<>();
    values.add(Lua.text(received.data()));
    values.addAll(names(received.sender()));
    return Outcome.values(values.toArray());
  }

  private Outcome send(Socket self, boolean write, Arguments a) throws IOException {
    MemorySegment data = scene.data(a.text(0));
    long sent;
    if (a.has(2)) {
      long offset = a.wholeOr(1, 0);
      long length = a.whole(2);
      sent = write ? self.write(data, offset, length) : self.send(data, offset, length);
    } else if (a.has(1)) {
      sent = write ? self.write(data, a.whole(1)) : self.send(data, a.whole(1));
    } else {
      sent = write ? self.write(data) : self.send(data);
    }
    return sent(self, sent);
  }

  private Outcome sendto(Socket self, Arguments a) throws IOException {
    MemorySegment data = scene.data(a.text(0));
    String host = a.text(1);
    boolean unix = self.domain().equals(Domain.UNIX);
    int port = unix && !a.has(2) ? 0 : a.number(2);
    boolean part = a.has(3) || a.has(4);
    long offset = a.wholeOr(3, 0);
    long length = a.wholeOr(4, data.byteSize() - offset);
    if (unix && !spelled(host)) {
      Address path = Address.Unix.of(Lua.bytes(host));
      return sent(self, self.sendto(part ? data.asSlice(offset, length) : data, path));
    }
    return sent(
        self, part ? self.sendto(data, host, port, offset, length) : self.sendto(data, host, port));
  }

  private static Outcome sent(Socket self, long sent) {
    return sent == Socket.WOULD_BLOCK ? wouldBlock(self) : Outcome.values(sent);
  }

  private static Outcome setblocking(Socket self, Arguments a) throws IOException {
    self.setblocking(a.truth(0));
    return Outcome.done();
  }

  private static Outcome shutdown(Socket self, Arguments a) throws IOException {
    if (a.has(0)) {
      self.shutdown(Shutdown.of(a.text(0)));
    } else {
      self.shutdown();
    }
    return Outcome.done();
  }

  private static Outcome getopt(Socket self, Arguments a) throws IOException {
    return switch (self.getopt(a.text(0), a.text(1))) {
      case Boolean flag -> Outcome.values(flag);
      case Number number -> Outcome.values(number.longValue());
      case Errno errno -> Outcome.values((long) errno.number());
      case Duration time -> Outcome.values(time.toSeconds(), time.toNanosPart() / 1000L);
      case String text -> Outcome.values(text);
      case Object other -> Outcome.values(other.toString());
    };
  }

  private static Outcome setopt(Socket self, Arguments a) throws IOException {
    List<Object> values = new ArrayList<>();
    for (int i = 2; i < a.count(); i++) {
      values.add(a.get(i) instanceof Long number ? narrowed(number) : a.get(i));
    }
    while (!values.isEmpty() && values.getLast() == null) {
      values.removeLast();
    }
    self.setopt(a.text(0), a.text(1), values.toArray());
    return Outcome.done();
  }

  /** A number as a Java program writes it. */
  private static Object narrowed(Long number) {
    return number == number.intValue() ? (Object) number.intValue() : number;
  }

  /** nixio's host and port, or path; nothing for an unnamed address or none. */
  private static List<Object> names(Address address) {
    return switch (address) {
      case null -> List.of();
      case Address.Inet inet -> List.of(inet.host(), (long) inet.port());
      case Address.Unix unix when unix.isUnnamed() -> List.of();
      case Address.Unix unix -> List.of(Lua.text(unix.bytes()));
      default -> List.of(address.toString());
    };
  }

  /** Nothing now: allowed on a non-blocking socket alone. */
  static Outcome wouldBlock(Socket self) {
    return self.isBlocking()
        ? new Outcome.Broken("WOULD_BLOCK from a blocking socket", null)
        : Outcome.failed(Errno.EAGAIN.number());
  }
}
