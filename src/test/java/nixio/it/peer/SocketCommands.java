package nixio.it.peer;

import static java.util.Map.entry;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import nixio.Accepted;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Codecs;
import nixio.Domain;
import nixio.Msg;
import nixio.Nixio;
import nixio.Option;
import nixio.Poll;
import nixio.Protocol;
import nixio.Shutdown;
import nixio.Socket;
import nixio.Type;

/** What concerns sockets. A test knows each by a number. */
final class SocketCommands {
  private static final int MOST = 1 << 16;

  private final Map<Integer, Socket> sockets = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger();

  Map<String, Command> table() {
    return Map.ofEntries(
        entry("open", this::open),
        entry("connected", this::connected),
        entry("close", this::close),
        entry("close all", this::closeAll),
        entry("bind", this::bind),
        entry("listen", this::listen),
        entry("accept", this::accept),
        entry("connect", this::connect),
        entry("connect within", this::connectWithin),
        entry("getsockname", a -> List.of(socket(a).getsockname().toString())),
        entry("getpeername", a -> List.of(socket(a).getpeername().toString())),
        entry("port", a -> List.of(Integer.toString(socket(a).getsockname().port()))),
        entry("send", this::send),
        entry("sendto", this::sendto),
        entry("sendto address", this::sendtoAddress),
        entry("recv", this::recv),
        entry("recvall", this::recvall),
        entry("recvfrom", this::recvfrom),
        entry("fill", this::fill),
        entry("drain", this::drain),
        entry("shutdown", this::shutdown),
        entry("setblocking", this::setblocking),
        entry("poll", this::poll),
        entry("setopt", this::setopt),
        entry("getopt", this::getopt),
        entry("switch on", this::switchOn),
        entry("ancillary", this::ancillary));
  }

  private Socket socket(Arguments arguments) {
    return sockets.get(arguments.number());
  }

  private String keep(Socket socket) {
    int number = last.incrementAndGet();
    sockets.put(number, socket);
    return Integer.toString(number);
  }

  private static List<String> one(Object value) {
    return List.of(String.valueOf(value));
  }

  private List<String> open(Arguments arguments) throws IOException {
    Domain domain = domain(arguments.text());
    Type type = Type.of(arguments.text());
    return List.of(keep(Socket.open(domain, type, protocol(arguments.text()))));
  }

  private static Domain domain(String text) {
    return isNumber(text) ? Domain.of(Integer.parseInt(text)) : Domain.of(text);
  }

  private static Protocol protocol(String text) {
    return isNumber(text) ? Protocol.of(Integer.parseInt(text)) : Protocol.of(text);
  }

  private static boolean isNumber(String text) {
    return Character.isDigit(text.charAt(0));
  }

  /** Nixio.connect: a socket for each address of a name, until one is connected. */
  private List<String> connected(Arguments arguments) throws IOException {
    return List.of(keep(Nixio.connect(arguments.text(), arguments.number())));
  }

  private List<String> close(Arguments arguments) throws IOException {
    sockets.remove(arguments.number()).close();
    return List.of();
  }

  private List<String> closeAll(Arguments arguments) throws IOException {
    for (Socket socket : sockets.values()) {
      socket.close();
    }
    sockets.clear();
    return List.of();
  }

  private List<String> bind(Arguments arguments) throws IOException {
    socket(arguments).bind(arguments.textOrNull(), arguments.number());
    return List.of();
  }

  private List<String> listen(Arguments arguments) throws IOException {
    socket(arguments).listen(arguments.number());
    return List.of();
  }

  private List<String> accept(Arguments arguments) throws IOException {
    Accepted accepted = socket(arguments).accept();
    return accepted == null
        ? List.of()
        : List.of(keep(accepted.socket()), accepted.peer().toString());
  }

  private List<String> connect(Arguments arguments) throws IOException {
    return one(socket(arguments).connect(arguments.text(), arguments.number()));
  }

  private List<String> connectWithin(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    Address address = Address.Inet.of(arguments.text(), arguments.number());
    return one(socket.connect(address, Duration.ofMillis(arguments.number())));
  }

  private List<String> send(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    return one(socket.send(MemorySegment.ofArray(arguments.bytes())));
  }

  private List<String> sendto(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    MemorySegment data = MemorySegment.ofArray(arguments.bytes());
    return one(socket.sendto(data, arguments.text(), arguments.number()));
  }

  private List<String> sendtoAddress(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    MemorySegment data = MemorySegment.ofArray(arguments.bytes());
    return one(socket.sendto(data, Address.Inet.of(arguments.text(), arguments.number())));
  }

  private List<String> recv(Arguments arguments) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MOST);
      return received(buffer, socket(arguments).recv(buffer));
    }
  }

  private List<String> recvall(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(arguments.number());
      return received(buffer, socket.recvall(buffer));
    }
  }

  private static List<String> received(MemorySegment buffer, long n) {
    return List.of(Long.toString(n), hex(buffer, n));
  }

  private static String hex(MemorySegment buffer, long n) {
    return HexFormat.of()
        .formatHex(buffer.asSlice(0, Math.max(0, n)).toArray(ValueLayout.JAVA_BYTE));
  }

  private List<String> recvfrom(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MOST);
      AddressBuffer sender = new AddressBuffer(arena);
      long n =
          switch (arguments.text()) {
            case "wait" -> socket.recvfrom(buffer, sender);
            case "now" -> socket.recvfrom(buffer, sender, Msg.DONTWAIT);
            case String other -> throw new IllegalArgumentException(other);
          };
      return List.of(Long.toString(n), hex(buffer, n), sender.toString());
    }
  }

  /** Sends so many bytes that {@link #drain} knows. */
  private List<String> fill(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(arguments.number());
      for (long i = 0; i < data.byteSize(); i++) {
        data.set(ValueLayout.JAVA_BYTE, i, known(i));
      }
      return one(socket.sendall(data));
    }
  }

  /** Receives so many bytes, and tells how many were as {@link #fill} sends them. */
  private List<String> drain(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(arguments.number());
      long n = socket.recvall(data);
      long right = 0;
      while (right < n && data.get(ValueLayout.JAVA_BYTE, right) == known(right)) {
        right++;
      }
      return one(right);
    }
  }

  private static byte known(long position) {
    return (byte) (position % 251);
  }

  private List<String> shutdown(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    socket.shutdown(Shutdown.of(arguments.text()));
    return List.of();
  }

  private List<String> setblocking(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    socket.setblocking(Boolean.parseBoolean(arguments.text()));
    return List.of();
  }

  private List<String> poll(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    Poll poll = new Poll().add(socket, Poll.flags(arguments.text()));
    poll.poll(Duration.ofMillis(arguments.number()));
    return Poll.names(poll.events(socket)).stream().sorted().toList();
  }

  private List<String> setopt(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    socket.setopt(arguments.text(), arguments.text(), arguments.values());
    return List.of();
  }

  private List<String> getopt(Arguments arguments) throws IOException {
    return one(socket(arguments).getopt(arguments.text(), arguments.text()));
  }

  /** Sets an option that is no row of the library's table. */
  private List<String> switchOn(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    socket.setopt(Option.of(arguments.number(), arguments.number(), Codecs.INT), 1);
    return List.of();
  }

  /** The control messages that an option reads, as they stand in memory. */
  private List<String> ancillary(Arguments arguments) throws IOException {
    Socket socket = socket(arguments);
    Option<byte[]> option = Option.of(arguments.number(), arguments.number(), new Bytes());
    return List.of(HexFormat.of().formatHex(socket.getopt(option)));
  }
}
