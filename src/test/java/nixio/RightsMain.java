package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * Does what may need a right: a line for each, with its name and {@link #DONE} or how it was
 * refused.
 */
final class RightsMain {
  static final String DONE = "done";

  private RightsMain() {}

  private interface Act {
    void run() throws IOException;
  }

  private interface Use {
    void of(Socket socket) throws IOException;
  }

  /** Takes a port and a directory. */
  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    String directory = args[1];
    report("raw", () -> Socket.open(Domain.INET, Type.RAW, Protocol.ICMP).close());
    report("packet", () -> Socket.open(Domain.PACKET, Type.DGRAM).close());
    report("ping", () -> Socket.open(Domain.INET, Type.DGRAM, Protocol.ICMP).close());
    report("port", () -> tcp(s -> s.bind("127.0.0.1", port)));
    report("path", () -> unix(s -> s.bind(Path.of(directory, "new").toString())));
    report("connect", () -> unix(s -> s.connect(directory)));
    report("broadcast", () -> udp(RightsMain::broadcast));
    report("priority 6", () -> udp(s -> s.setopt(Option.SO_PRIORITY, 6)));
    report("priority 7", () -> udp(s -> s.setopt(Option.SO_PRIORITY, 7)));
    report("mark", () -> udp(s -> s.setopt(Option.SO_MARK, 1)));
    report("rcvbufforce", () -> udp(s -> s.setopt(Option.SO_RCVBUFFORCE, 9999)));
    report("sndbufforce", () -> udp(s -> s.setopt(Option.SO_SNDBUFFORCE, 9999)));
    report("transparent", () -> tcp(s -> s.setopt(Option.IP_TRANSPARENT, true)));
    report("device", () -> udp(s -> s.setopt(Option.SO_BINDTODEVICE, "lo")));
    report("other device", () -> udp(RightsMain::changeDevice));
    report("other index", () -> udp(RightsMain::changeIndex));
    report("user", RightsMain::showUser);
  }

  private static void report(String name, Act act) {
    String said = DONE;
    try {
      act.run();
    } catch (IOException e) {
      said = e.getMessage();
    }
    System.out.println(name + "\t" + said);
  }

  private static void tcp(Use use) throws IOException {
    on(Domain.INET, Type.STREAM, use);
  }

  private static void udp(Use use) throws IOException {
    on(Domain.INET, Type.DGRAM, use);
  }

  private static void unix(Use use) throws IOException {
    on(Domain.UNIX, Type.STREAM, use);
  }

  private static void on(Domain domain, Type type, Use use) throws IOException {
    try (Socket socket = Socket.open(domain, type)) {
      use.of(socket);
    }
  }

  private static void broadcast(Socket socket) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      socket.sendto(arena.allocate(1), "127.255.255.255", 9);
    }
  }

  private static void changeDevice(Socket socket) throws IOException {
    socket.setopt(Option.SO_BINDTODEVICE, "lo").setopt(Option.SO_BINDTODEVICE, "");
  }

  private static void changeIndex(Socket socket) throws IOException {
    socket.setopt(Option.SO_BINDTODEVICE, "lo").setopt(Option.SO_BINDTOIFINDEX, 0);
  }

  private static void showUser() throws IOException {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      throw new IOException(pair.first().getopt(Option.SO_PEERCRED).toString());
    }
  }
}
