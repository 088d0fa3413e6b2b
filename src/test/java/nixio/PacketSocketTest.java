package nixio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Packet sockets on loopback, and the addresses of netlink and vsock as the kernel has them. */
class PacketSocketTest {
  /** The first of Ethernet's protocols for experiments. */
  private static final int EXPERIMENT = 0x88B5;

  private static final int HEADER = 14;

  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final byte[] mark =
      ("mark " + ProcessHandle.current().pid() + " " + SERIAL.incrementAndGet())
          .getBytes(StandardCharsets.US_ASCII);

  private static Interface loopback() throws IOException {
    return Interface.of("lo");
  }

  private static Socket packet(Type type) throws IOException {
    assumeTrue(Capability.CAP_NET_RAW.isHeld(), "packet sockets need CAP_NET_RAW");
    return Socket.open(Domain.PACKET, type);
  }

  private static Socket open(Type type) throws IOException {
    return packet(type)
        .bind(Address.Packet.of(loopback(), EXPERIMENT))
        .setopt(Option.SO_RCVTIMEO, Duration.ofSeconds(20));
  }

  private byte[] frame() {
    byte[] frame = new byte[60];
    frame[12] = (byte) (EXPERIMENT >>> 8);
    frame[13] = (byte) EXPERIMENT;
    System.arraycopy(mark, 0, frame, HEADER, mark.length);
    return frame;
  }

  /** The next packet of this test's, without those of others. */
  private byte[] next(Socket socket, AddressBuffer from, int header) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(256);
      for (; ; ) {
        int n = (int) socket.recvfrom(buffer, from);
        byte[] bytes = buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
        if (n >= header + mark.length
            && Arrays.equals(mark, Arrays.copyOfRange(bytes, header, header + mark.length))) {
          return bytes;
        }
      }
    }
  }

  @OnBothThreads
  void framesAreSentAndReceivedInBatches() throws Exception {
    try (Socket receiver = open(Type.RAW);
        Socket sender = open(Type.RAW);
        Batch sent = Batch.of(3, 256);
        Batch received = Batch.of(4, 256)) {
      Address to = Address.Packet.of(loopback(), 0);
      for (int i = 0; i < 3; i++) {
        sent.add(MemorySegment.ofArray(frame()), to);
      }
      assertEquals(3, sender.sendmmsg(sent));
      assertEquals(60, sender.sendmsg(sent));
      int found = 0;
      while (found < 3) {
        int n = receiver.recvmmsg(received);
        for (int i = 0; i < n; i++) {
          found += isOurs(received.data(i)) ? 1 : 0;
        }
      }
      while (found < 4) {
        receiver.recvmsg(received);
        found += isOurs(received.data(0)) ? 1 : 0;
      }
      assertEquals(loopback(), ((Address.Packet) received.peer(0).address()).via());
    }
  }

  private boolean isOurs(MemorySegment data) {
    return MemorySegment.ofArray(frame()).mismatch(data) == -1;
  }

  @OnBothThreads
  void aFrameIsReceivedAsItWasSent() throws Exception {
    try (Socket receiver = open(Type.RAW);
        Socket sender = open(Type.RAW)) {
      sender.sendto(MemorySegment.ofArray(frame()), Address.Packet.of(loopback(), 0));
      AddressBuffer from = new AddressBuffer();
      assertArrayEquals(frame(), next(receiver, from, HEADER));
      Address.Packet address = (Address.Packet) from.address();
      assertEquals(loopback(), address.via());
      assertEquals(EXPERIMENT, address.protocol());
      assertEquals(772, address.hardwareType());
      assertEquals("00:00:00:00:00:00", address.host());
      assertEquals(
          Address.Packet.of(loopback(), EXPERIMENT).protocol(),
          ((Address.Packet) receiver.getsockname()).protocol());
    }
  }

  @OnBothThreads
  void withoutTheHardwaresHeader() throws Exception {
    try (Socket receiver = open(Type.DGRAM);
        Socket sender = open(Type.DGRAM)) {
      Address to = Address.Packet.of(loopback(), EXPERIMENT, new byte[6]);
      assertEquals(mark.length, sender.sendto(MemorySegment.ofArray(mark), to));
      AddressBuffer from = new AddressBuffer();
      byte[] received = next(receiver, from, 0);
      assertArrayEquals(mark, Arrays.copyOf(received, mark.length));
    }
  }

  @Test
  void outgoingPacketsAreToldByTheirKind() throws Exception {
    // tcpdump -ddd -i lo 'ether proto 0x88b5': all that the other tests send has no room
    Filter filter = Filter.parse("4,40 0 0 12,21 0 1 34997,6 0 0 262144,6 0 0 0");
    try (Socket receiver =
            packet(Type.RAW)
                .setopt(Option.SO_ATTACH_FILTER, filter)
                .bind(Address.Packet.of(loopback(), Address.Packet.ALL))
                .setopt(Option.SO_RCVTIMEO, Duration.ofSeconds(20));
        Socket sender = open(Type.RAW)) {
      sender.sendto(MemorySegment.ofArray(frame()), Address.Packet.of(loopback(), 0));
      AddressBuffer from = new AddressBuffer();
      next(receiver, from, HEADER);
      assertEquals(Address.Packet.OUTGOING, ((Address.Packet) from.address()).kind());
      next(receiver, from, HEADER);
      assertEquals(Address.Packet.HOST, ((Address.Packet) from.address()).kind());
    }
  }

  @Test
  void closeWakesTheReceiver() throws Exception {
    for (Threads kind : Threads.values()) {
      Socket socket = packet(Type.RAW).bind(Address.Packet.of(loopback(), 0x88B6));
      Task<Long> task = kind.start(() -> socket.recv(MemorySegment.ofArray(new byte[64])));
      task.awaitBlocked();
      socket.close();
      assertEquals(Errno.EBADF, task.failure(NixioException.class).errno());
    }
  }

  @Test
  void aFilterKeepsWhatItIsFor() throws Exception {
    // tcpdump -ddd -i lo 'ether[14] = 0x6d and ether[20] = 0x31', where 6d is m
    Filter filter =
        Filter.parse(
            """
            4
            48 0 0 14
            21 0 1 120
            6 0 0 262144
            6 0 0 0
            """);
    // before it is bound: other tests' packets would be counted too
    try (Socket receiver =
            packet(Type.RAW)
                .setopt(Option.SO_ATTACH_FILTER, filter)
                .bind(Address.Packet.of(loopback(), EXPERIMENT))
                .setopt(Option.SO_RCVTIMEO, Duration.ofSeconds(20));
        Socket sender = open(Type.RAW)) {
      Address to = Address.Packet.of(loopback(), 0);
      byte[] kept = frame();
      kept[HEADER] = 'x';
      sender.sendto(MemorySegment.ofArray(frame()), to);
      sender.sendto(MemorySegment.ofArray(kept), to);
      mark[0] = 'x';
      assertArrayEquals(kept, next(receiver, new AddressBuffer(), HEADER));
      PacketStatistics counted = receiver.getopt(Option.PACKET_STATISTICS);
      assertEquals(new PacketStatistics(1, 0, 0), counted);
      assertEquals(new PacketStatistics(0, 0, 0), receiver.getopt(Option.PACKET_STATISTICS));
      receiver.setopt(Option.SO_LOCK_FILTER, true);
      NixioException locked =
          assertThrows(NixioException.class, () -> receiver.setopt(Option.SO_DETACH_FILTER, true));
      assertEquals(Errno.EPERM, locked.errno());
    }
  }

  @Test
  void aFilterIsText() {
    Filter filter = Filter.parse("2,48 0 0 4000000000,6 0 0 262144,");
    assertEquals("2\n48 0 0 4000000000\n6 0 0 262144\n", filter.toString());
    assertEquals(filter, Filter.parse(filter.toString()));
    for (String wrong :
        new String[] {"", "0", "2\n6 0 0 0", "1\n6 0 0", "1\n6 0 0 x", "1\n6 300 0 0", "one"}) {
      assertThrows(IllegalArgumentException.class, () -> Filter.parse(wrong), wrong);
    }
    assertThrows(NullPointerException.class, () -> Filter.parse(null));
  }

  @Test
  void aFilterThatTheKernelRefuses() throws Exception {
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      Filter endless = Filter.parse("1,0 0 0 0");
      NixioException refused =
          assertThrows(NixioException.class, () -> socket.setopt(Option.SO_ATTACH_FILTER, endless));
      assertEquals(Errno.EINVAL, refused.errno());
    }
  }

  @Test
  void icmpFiltersAreSetsOfTypes() {
    IcmpFilter filter = IcmpFilter.passing(0, 129);
    assertTrue(filter.passes(0) && filter.passes(129));
    assertEquals(IcmpFilter.passing(129, 0), filter);
    assertEquals(IcmpFilter.blocking(), IcmpFilter.of());
    assertThrows(IllegalArgumentException.class, () -> IcmpFilter.passing(256));
    assertThrows(IllegalArgumentException.class, () -> filter.passes(-1));
  }

  @Test
  void netlinkHasAPortOfTheKernelsChoice() throws Exception {
    try (Socket socket = Socket.open(Domain.NETLINK, Type.RAW).bind(Address.Netlink.of(0, 0x1))) {
      Address.Netlink own = (Address.Netlink) socket.getsockname();
      assertEquals(1, own.groups());
      assertEquals(own, Address.parse(own.toString()));
      assertTrue(own.port() != 0);
    }
  }

  /** Only bound and listened on: a connection would leave the machine. */
  @Test
  void vsockListens() throws Exception {
    try (Socket socket = vsock()) {
      socket.bind(Address.Vsock.of(Address.Vsock.ANY, Address.Vsock.ANY_PORT)).listen(1);
      Address.Vsock own = (Address.Vsock) socket.getsockname();
      assertEquals(Address.Vsock.ANY, own.cid());
      assertTrue(own.port() != Address.Vsock.ANY_PORT, own::toString);
      socket.setblocking(false);
      assertNull(socket.accept());
    }
  }

  private static Socket vsock() throws IOException {
    try {
      return Socket.open(Domain.VSOCK, Type.STREAM);
    } catch (NixioException e) {
      return abort("this kernel has no vsock: " + e.getMessage());
    }
  }
}
