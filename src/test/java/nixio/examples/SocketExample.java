package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import nixio.Accepted;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Domain;
import nixio.Msg;
import nixio.Pair;
import nixio.Poll;
import nixio.Received;
import nixio.Socket;
import nixio.Type;

/** Streams, datagrams, flags and modes. */
final class SocketExample {
  private SocketExample() {}

  static void socket(PrintStream out) throws IOException {
    // @start region="socket"
    try (Arena arena = Arena.ofConfined();
        Socket listener = Socket.open(Domain.INET, Type.STREAM);
        Socket client = Socket.open(Domain.INET, Type.STREAM)) {
      listener.bind("127.0.0.1", 0).listen(8); // port 0: one of the kernel's choice
      client.connect(listener.getsockname());
      Accepted accepted = listener.accept();
      out.println(accepted.peer().equals(client.getsockname())); // true
      try (Socket server = accepted.socket()) {
        out.println(client.send(arena.allocateFrom("hello"))); // 6
        MemorySegment data = server.recv(arena, 100);
        out.println(data.byteSize() + " " + data.getString(0)); // 6 hello
      }
      out.println(client.recv(arena.allocate(100)) == Socket.EOF); // true
    }
    // @end
  }

  static void datagrams(PrintStream out) throws IOException {
    // @start region="datagrams"
    try (Arena arena = Arena.ofConfined();
        Socket first = Socket.open(Domain.INET6, Type.DGRAM).bind("::1", 0);
        Socket second = Socket.open(Domain.INET6, Type.DGRAM).bind("::1", 0)) {
      second.sendto(arena.allocateFrom("ping"), first.getsockname());
      Received received = first.recvfrom(arena, 1500);
      out.println(received.data().getString(0)); // ping
      out.println(received.sender().host()); // ::1
      first.sendto(received.data(), "::1", received.sender().port());
    }
    // @end
  }

  static void addressBuffer(PrintStream out) throws IOException {
    // @start region="address-buffer"
    try (Arena arena = Arena.ofConfined();
        Socket server = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket client = Socket.open(Domain.INET, Type.DGRAM)) {
      AddressBuffer address = new AddressBuffer(arena);
      MemorySegment buffer = arena.allocate(1500);
      client.sendto(arena.allocateFrom("ping"), server.getsockname());

      long n = server.recvfrom(buffer, address); // allocates nothing
      server.sendto(buffer.asSlice(0, n), address); // back to where it came from
      out.println(client.recv(buffer)); // 5
    }
    // @end
  }

  static void unix(PrintStream out) throws IOException {
    // @start region="unix"
    String name = "example-" + ProcessHandle.current().pid();
    try (Arena arena = Arena.ofConfined();
        Socket listener = Socket.open(Domain.UNIX, Type.SEQPACKET);
        Socket client = Socket.open(Domain.UNIX, Type.SEQPACKET)) {
      listener.bind(Address.Unix.ofAbstract(name)).listen(8);
      client.connect(listener.getsockname());
      out.println("at " + client.getpeername()); // at @example-...
      try (Socket server = listener.accept().socket()) {
        client.send(arena.allocateFrom("one"));
        client.send(arena.allocateFrom("two"));
        out.println(server.recv(arena, 100).getString(0)); // one
        out.println(server.recv(arena, 100).getString(0)); // two
      }
    }
    // @end
  }

  static void pair(PrintStream out) throws IOException {
    // @start region="pair"
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
      pair.first().send(MemorySegment.ofArray(hello)); // 5
      ByteBuffer buffer = ByteBuffer.allocate(100);
      long n = pair.second().recv(MemorySegment.ofBuffer(buffer));
      out.println(StandardCharsets.US_ASCII.decode(buffer.limit((int) n))); // hello
    }
    // @end
  }

  static void flags(PrintStream out) throws IOException {
    // @start region="flags"
    try (Arena arena = Arena.ofConfined();
        Pair pair = Socket.pair(Domain.UNIX, Type.DGRAM)) {
      MemorySegment small = arena.allocate(4);
      pair.first().send(arena.allocate(100));
      out.println(pair.second().recv(small, Msg.PEEK)); // 4
      out.println(pair.second().recv(small, Msg.TRUNC)); // 100
      out.println(pair.second().recv(small, Msg.DONTWAIT) == Socket.WOULD_BLOCK); // true
    }
    // @end
  }

  static void whole(PrintStream out) throws IOException {
    // @start region="whole"
    try (Arena arena = Arena.ofConfined();
        Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      MemorySegment header = arena.allocate(8);
      pair.first().send(arena.allocateFrom(ValueLayout.JAVA_INT, 1, 2, 3));
      out.println(pair.second().recvall(header, Duration.ofSeconds(5))); // 8
      pair.first().close();
      out.println(pair.second().recvall(header)); // 4
      out.println(pair.second().recvall(header) == Socket.EOF); // true
    }
    // @end
  }

  static void nonblocking(PrintStream out) throws IOException {
    // @start region="nonblocking"
    try (Arena arena = Arena.ofConfined();
        Socket listener = Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0).listen(8);
        Socket client = Socket.open(Domain.INET, Type.STREAM).setblocking(false)) {
      out.println(client.connect(listener.getsockname())); // false
      Poll poll = new Poll().add(client, Poll.OUT);
      out.println(poll.poll(Duration.ofSeconds(5))); // 1
      out.println(client.connect(listener.getsockname())); // true
      out.println(client.recv(arena.allocate(100)) == Socket.WOULD_BLOCK); // true
      out.println(client.recv(arena, 100)); // null
    }
    // @end
  }
}
