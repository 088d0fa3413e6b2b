package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Warm loops for strace, between system calls that mark them: "begin name", "end". */
final class StraceMain {
  static final int ROUNDS = 500;

  /** So many windows of each loop: in one the machine itself may have something to do. */
  private static final int WINDOWS = 5;

  private static final int WARM_UP = 5_000;

  private StraceMain() {}

  private interface Call {
    long on(MemorySegment memory) throws IOException;
  }

  public static void main(String[] args) throws Exception {
    try (Arena arena = Arena.ofConfined();
        Pair marks = Socket.pair(Domain.UNIX, Type.DGRAM);
        Pair datagrams = Socket.pair(Domain.UNIX, Type.DGRAM);
        Socket listener = Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0).listen(1);
        Socket tcp = Socket.open(Domain.INET, Type.STREAM);
        Socket udp = Socket.open(Domain.INET6, Type.DGRAM).bind("::", 0)) {
      tcp.connect(listener.getsockname());
      Socket peer = listener.accept().socket();
      Address to = Address.Inet.of("::1", udp.getsockname().port());
      AddressBuffer from = new AddressBuffer();
      MemorySegment memory = arena.allocate(64);
      for (String mode : List.of("blocking", "non-blocking")) {
        for (Socket socket : List.of(datagrams.first(), datagrams.second(), tcp, peer, udp)) {
          socket.setblocking(mode.equals("blocking"));
        }
        loop(marks, mode + " unix", memory, datagrams.first()::send, datagrams.second()::recv);
        loop(marks, mode + " tcp", memory, tcp::send, peer::recv);
        loop(marks, mode + " udp", memory, m -> udp.sendto(m, to), m -> udp.recvfrom(m, from));
      }
      peer.close();
    }
  }

  private static void loop(Pair marks, String name, MemorySegment memory, Call send, Call receive)
      throws IOException {
    repeat(WARM_UP, memory, send, receive);
    for (int i = 0; i < WINDOWS; i++) {
      mark(marks, "begin " + name);
      repeat(ROUNDS, memory, send, receive);
      mark(marks, "end");
    }
  }

  private static void repeat(int rounds, MemorySegment memory, Call send, Call receive)
      throws IOException {
    for (int i = 0; i < rounds; i++) {
      send.on(memory);
      receive.on(memory);
    }
  }

  private static void mark(Pair marks, String text) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sent = arena.allocateFrom(text);
      marks.first().send(sent);
      marks.second().recv(sent);
    }
  }
}
