package nixio;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts the bytes that 100,000 warm calls allocate: a line for each kind, with its bytes and name.
 */
final class AllocationMain {
  private static final int CALLS = 100_000;
  private static final int WARM_UP = 30_000;

  /** The compiler works in the background: what is still compiled is measured again. */
  private static final int MOST_ATTEMPTS = 12;

  private static final int LENGTH = 64;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationMain() {}

  private interface Call {
    long on(MemorySegment memory) throws IOException;
  }

  /** A frame of the caller's; each hidden class that is made of it is inlined by itself. */
  private static final class Caller implements Call {
    private final Call next;

    @SuppressWarnings("unused") // by reflection
    Caller(Call next) {
      this.next = next;
    }

    @Override
    public long on(MemorySegment memory) throws IOException {
      return next.on(memory);
    }
  }

  private static Call calledThrough(int frames, Call call) {
    String resource = Caller.class.getName().replaceFirst(".*\\.", "") + ".class";
    try (InputStream in = AllocationMain.class.getResourceAsStream(resource)) {
      byte[] code = in.readAllBytes();
      Call outer = call;
      for (int i = 0; i < frames; i++) {
        Class<?> hidden = MethodHandles.lookup().defineHiddenClass(code, false).lookupClass();
        outer = (Call) hidden.getDeclaredConstructor(Call.class).newInstance(outer);
      }
      return outer;
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A call from callers of several depths, as the compiler inlines up to a depth. */
  private record Operation(String name, List<Call> byDepth) {
    static Operation of(String name, Call call) {
      return new Operation(
          name,
          List.of(call, calledThrough(2, call), calledThrough(4, call), calledThrough(7, call)));
    }
  }

  /** What is called in turn: the one makes the other possible. */
  private record Turn(Operation first, Operation second) {
    static Turn of(String first, Call a, String second, Call b) {
      return new Turn(Operation.of(first, a), Operation.of(second, b));
    }
  }

  /** The bytes of a turn's two operations. */
  private record Bytes(long first, long second) {
    boolean areNone() {
      return first == 0 && second == 0;
    }
  }

  /** Takes the name of a file to be mapped. */
  public static void main(String[] args) throws Exception {
    try (Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared();
        FileChannel file = FileChannel.open(Path.of(args[0]), CREATE, READ, WRITE);
        Pair datagrams = Socket.pair(Domain.UNIX, Type.DGRAM);
        Pair streams = Socket.pair(Domain.UNIX, Type.STREAM);
        Socket udp = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket told = telling(Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0));
        Socket unix = Socket.open(Domain.UNIX, Type.DGRAM).bind("")) {
      List<Arena> arenas = List.of(confined, shared, Arena.ofAuto(), Arena.global());
      MemorySegment[] memory =
          Stream.concat(
                  arenas.stream().map(arena -> arena.allocate(LENGTH)),
                  Stream.of(file.map(MapMode.READ_WRITE, 0, LENGTH, shared)))
              .toArray(MemorySegment[]::new);
      for (boolean blocking : new boolean[] {true, false}) {
        List<Socket> sockets =
            List.of(
                datagrams.first(),
                datagrams.second(),
                streams.first(),
                streams.second(),
                udp,
                told,
                unix);
        for (Socket socket : sockets) {
          socket.setblocking(blocking);
        }
        for (Turn turn : turns(datagrams, streams, udp, told, unix)) {
          Bytes bytes = warm(turn, memory);
          String mode = blocking ? "blocking " : "non-blocking ";
          System.out.println(bytes.first + "\t" + mode + turn.first.name);
          System.out.println(bytes.second + "\t" + mode + turn.second.name);
        }
      }
    }
  }

  private static Socket telling(Socket socket) throws IOException {
    return socket
        .setopt(Option.IP_PKTINFO, true)
        .setopt(Option.IP_RECVTTL, true)
        .setopt(Option.IP_RECVTOS, true)
        .setopt(Option.SO_TIMESTAMPNS, true);
  }

  private static long decode(Control control, AddressBuffer into) {
    if (control.ttl() != 7 || control.ecn() != 1 || !control.destination(into)) {
      throw new IllegalStateException(control.toString());
    }
    return control.interfaceIndex() + control.timestamp() + into.port();
  }

  private static List<Turn> turns(
      Pair datagrams, Pair streams, Socket udp, Socket told, Socket unix) throws IOException {
    Socket out = datagrams.first();
    Socket in = datagrams.second();
    Socket stream = streams.first();
    Socket end = streams.second();
    Address to = udp.getsockname();
    Address path = unix.getsockname();
    AddressBuffer there = new AddressBuffer().set(to);
    AddressBuffer from = new AddressBuffer();
    Poll poll = new Poll().add(udp, Poll.OUT).add(out, Poll.OUT).add(in, Poll.IN);
    Duration second = Duration.ofSeconds(1);
    Batch sent = Batch.of(2, LENGTH);
    sent.length(0, LENGTH).length(1, LENGTH).count(2);
    sent.peer(0).set(to);
    sent.peer(1).set(to);
    Batch piece = Batch.of(1, LENGTH).length(0, LENGTH).count(1);
    Batch received = Batch.of(2, LENGTH);
    Batch controlled = Batch.of(2, LENGTH);
    controlled.length(0, LENGTH).length(1, LENGTH).count(2);
    controlled.peer(0).set(told.getsockname());
    controlled.peer(1).set(told.getsockname());
    AddressBuffer source = new AddressBuffer().set(told.getsockname());
    Batch decoded = Batch.of(2, LENGTH);
    Iovec parts = Iovec.of(2);
    return List.of(
        Turn.of("send to datagram", out::send, "recv of datagram", in::recv),
        Turn.of(
            "send of range",
            m -> out.send(m, 1, LENGTH - 2),
            "recv into range",
            m -> in.recv(m, 1, LENGTH - 2)),
        Turn.of("send to stream", stream::send, "recv of stream", end::recv),
        Turn.of(
            "send of range to stream",
            m -> stream.send(m, 1, LENGTH - 2),
            "recv of stream into range",
            m -> end.recv(m, 1, LENGTH - 2)),
        Turn.of("sendall", stream::sendall, "recvall", end::recvall),
        Turn.of(
            "send with flags",
            m -> out.send(m, Msg.DONTWAIT),
            "recv with flags",
            m -> in.recv(m, Msg.TRUNC)),
        Turn.of(
            "sendto(Address)",
            m -> udp.sendto(m, to),
            "recvfrom(AddressBuffer)",
            m -> udp.recvfrom(m, from)),
        Turn.of(
            "sendto(Address) UNIX",
            m -> unix.sendto(m, path),
            "recvfrom(AddressBuffer) UNIX",
            m -> unix.recvfrom(m, from)),
        Turn.of(
            "sendto(AddressBuffer)",
            m -> udp.sendto(m, there),
            "recvfrom(AddressBuffer) with flags",
            m -> udp.recvfrom(m, from, Msg.TRUNC)),
        Turn.of(
            "sendv",
            m -> out.sendv(parts.clear().add(m).add(m)),
            "recvv",
            m -> in.recvv(parts.clear().add(m).add(m))),
        Turn.of(
            "sendv to stream", m -> stream.sendv(parts), "recvv of stream", m -> end.recvv(parts)),
        Turn.of("poll(Duration)", m -> poll.poll(second), "poll(null)", m -> poll.poll(null)),
        Turn.of(
            "sendmmsg",
            m -> udp.sendmmsg(sent),
            "recvmmsg",
            m -> udp.recvmmsg(received) + received.length(0) + received.segmentSize(1)),
        Turn.of(
            "sendmsg",
            m -> udp.sendmsg(sent),
            "recvmsg",
            m -> udp.recvmsg(received) + received.peer(0).port()),
        Turn.of(
            "sendmsg to stream",
            m -> stream.sendmsg(piece),
            "recvmsg of stream",
            m -> end.recvmsg(received)),
        Turn.of(
            "sendmmsg with control messages",
            m -> {
              for (int i = 0; i < 2; i++) {
                controlled.control(i).ttl(7).trafficClass(1).source(source, 0);
              }
              return told.sendmmsg(controlled);
            },
            "recvmmsg with control messages",
            m ->
                told.recvmmsg(decoded)
                    + decode(decoded.control(0), from)
                    + decode(decoded.control(1), from)),
        Turn.of(
            "recv that would block",
            m -> udp.recv(m, Msg.DONTWAIT),
            "recvfrom that would block",
            m -> udp.recvfrom(m, from, Msg.DONTWAIT)));
  }

  private static Bytes warm(Turn turn, MemorySegment[] memory) throws IOException {
    Bytes bytes = measure(turn, memory, WARM_UP);
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      bytes = measure(turn, memory, WARM_UP);
      if (bytes.areNone()) {
        bytes = measure(turn, memory, CALLS);
        if (bytes.areNone()) {
          break;
        }
      }
    }
    return bytes;
  }

  private static Bytes measure(Turn turn, MemorySegment[] memory, int calls) throws IOException {
    long first = 0;
    long second = 0;
    for (int i = 0; i < calls; i++) {
      MemorySegment used = memory[i % memory.length];
      int depth = (i / memory.length) % turn.first.byDepth.size();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      turn.first.byDepth.get(depth).on(used);
      long between = THREADS.getCurrentThreadAllocatedBytes();
      turn.second.byDepth.get(depth).on(used);
      first += between - before;
      second += THREADS.getCurrentThreadAllocatedBytes() - between;
    }
    return new Bytes(first, second);
  }
}
