package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import nixio.packet.Packet;
import nixio.packet.RxRing;
import nixio.packet.TxRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packet rings on loopback: waiting, closing, sending. */
class RingTest {
  /** Of a range that Ethernet has for no protocol; each test has its own. */
  private static final AtomicInteger PROTOCOLS = new AtomicInteger(0x9A00);

  private static final int HEADER = 14;

  private static final RingRequest SMALL =
      new RingRequest(1 << 16, 4, 1 << 11, Duration.ofMillis(1));

  private final int protocol = PROTOCOLS.incrementAndGet();

  private Interface lo;

  @BeforeEach
  void demandRight() throws IOException {
    assumeTrue(Capability.CAP_NET_RAW.isHeld(), "packet sockets need CAP_NET_RAW");
    lo = Interface.of("lo");
  }

  private RxRing open() throws IOException {
    return open(SMALL);
  }

  private RxRing open(RingRequest request) throws IOException {
    return RxRing.of(
        Socket.open(Domain.PACKET, Type.RAW).bind(Address.Packet.of(lo, protocol)), request);
  }

  private void send(int... numbers) throws IOException {
    try (Socket sender = Socket.open(Domain.PACKET, Type.DGRAM)) {
      Address to = Address.Packet.of(lo, protocol, new byte[6]);
      for (int number : numbers) {
        byte[] data = new byte[46];
        data[0] = (byte) number;
        sender.sendto(MemorySegment.ofArray(data), to);
      }
    }
  }

  @OnBothThreads
  void packetsAreReadInPlace() throws Exception {
    try (RxRing ring = open()) {
      assertNull(ring.next(Duration.ZERO));
      assertNull(ring.next(Duration.ofMillis(5)));
      Instant before = Instant.now();
      send(1, 2, 3);
      Packet packet = ring.next();
      for (int i = 1; i <= 3; i++) {
        assertEquals(HEADER + 46, packet.length());
        assertEquals(HEADER + 46, packet.wireLength());
        assertEquals(i, packet.byteAt(HEADER));
        assertEquals(protocol, packet.protocol());
        assertEquals(protocol, packet.shortAt(12) & 0xFFFF);
        assertEquals(HEADER, packet.networkOffset());
        assertEquals(lo.index(), packet.interfaceIndex());
        assertEquals(Address.Packet.HOST, packet.kind());
        assertFalse(packet.hasVlan() || packet.isHardwareTime());
        Instant time = Instant.ofEpochSecond(packet.seconds(), packet.nanoseconds());
        Duration age = Duration.between(before, time);
        assertTrue(age.abs().toSeconds() < 60, age::toString);
        assertSame(packet, i < 3 ? ring.next() : packet);
      }
      assertNull(ring.next(Duration.ZERO));
      assertThrows(IllegalStateException.class, () -> packet.byteAt(0));
      assertEquals(new PacketStatistics(3, 0, 0), ring.statistics());
      send(4);
      assertNotNull(ring.next(Duration.ofSeconds(20)));
      assertEquals(new PacketStatistics(4, 0, 0), ring.statistics());
      assertEquals(new PacketStatistics(4, 0, 0), ring.statistics());
    }
  }

  @Test
  void aReaderThatWaitsIsWokenByAPacket() throws Exception {
    for (Threads kind : Threads.values()) {
      try (RxRing ring = open()) {
        Task<Integer> task = kind.start(() -> (int) ring.next().byteAt(HEADER));
        task.awaitBlocked();
        send(7);
        assertEquals(7, task.get());
      }
    }
  }

  @Test
  void aReaderThatWaitsIsWokenByClose() throws Exception {
    for (Threads kind : Threads.values()) {
      RxRing ring = open();
      Task<Packet> task = kind.start(ring::next);
      task.awaitBlocked();
      ring.close();
      NixioException closed = task.failure(NixioException.class);
      assertEquals(Errno.EBADF, closed.errno());
      assertTrue(closed.getMessage().endsWith("socket closed"), closed::getMessage);
      assertFalse(ring.isOpen());
      ring.close();
    }
  }

  @Test
  void aReaderThatWaitsCanBeInterrupted() throws Exception {
    for (Threads kind : Threads.values()) {
      try (RxRing ring = open()) {
        Task<Packet> task = kind.start(ring::next);
        task.awaitBlocked().interrupt();
        assertEquals(Errno.EINTR, task.failure(NixioException.class).errno());
        send(1);
        assertNotNull(ring.next(Duration.ofSeconds(20)));
      }
    }
  }

  /** The memory goes while it is read, again and again: an exception each time, never a crash. */
  @Test
  void closeUnderAReaderIsAnException() throws Exception {
    for (int i = 0; i < 40; i++) {
      RxRing ring = open();
      send(1, 2, 3);
      CountDownLatch reading = new CountDownLatch(1);
      boolean views = i % 2 == 1;
      Task<Long> task =
          (i % 4 < 2 ? Threads.PLATFORM : Threads.VIRTUAL)
              .start(() -> {
                long sum = 0;
                Packet packet = ring.next();
                MemorySegment view = views ? packet.segment() : null;
                for (long n = 0; ; n++) {
                  for (int at = 0; at < packet.length(); at++) {
                    sum += view == null ? packet.byteAt(at) : view.get(ValueLayout.JAVA_BYTE, at);
                  }
                  if (n == 100) {
                    reading.countDown();
                  }
                  if (view != null && !ring.isOpen()) {
                    packet = ring.next(); // the view goes with its block, and then all
                  }
                }
              });
      reading.await();
      ring.close();
      Exception e = task.failure(Exception.class);
      assertTrue(
          e instanceof IllegalStateException
              || (e instanceof NixioException n && n.errno() == Errno.EBADF),
          e::toString);
    }
  }

  /** The mapping is gone in the end, also where a view outlived the close. */
  @Test
  void memoryIsUnmapped() throws Exception {
    RxRing ring = open(new RingRequest(1 << 16, 7, 1 << 11, Duration.ofMillis(1)));
    String own = "socket:[" + inode(ring.socket()) + "]";
    assertEquals(1, maps(own));
    send(1);
    Packet packet = ring.next();
    MemorySegment view = packet.segment();
    Task<Void> other =
        Threads.PLATFORM.start(() -> {
          ring.close();
          return null;
        });
    other.get();
    assertEquals(1, maps(own));
    assertEquals(1, view.get(ValueLayout.JAVA_BYTE, HEADER));
    ring.close();
    assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, HEADER));
    assertThrows(IllegalStateException.class, () -> packet.byteAt(HEADER));
    assertThrows(NixioException.class, ring::next);
    Await.until("munmap", () -> maps(own) == 0);
  }

  private static long inode(Socket socket) throws IOException {
    return (long) Files.getAttribute(Path.of("/proc/self/fd/" + socket.fileno()), "unix:ino");
  }

  private static long maps(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> line.endsWith(name))
        .count();
  }

  @Test
  void aRingIsClosedWhileASystemCallUsesItsMemory() throws Exception {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      RxRing ring = open();
      String own = "socket:[" + inode(ring.socket()) + "]";
      send(1);
      Packet packet = ring.next();
      Task<Long> sender =
          Threads.PLATFORM.start(() -> {
            MemorySegment view = packet.segment();
            long sent = 0;
            for (; ; ) {
              sent += pair.first().send(view); // the peer reads nothing: this waits in the end
            }
          });
      sender.awaitBlocked();
      ring.close();
      assertEquals(1, maps(own));
      pair.first().close();
      assertThrows(NixioException.class, sender::get);
    }
  }

  @Test
  void whatIsDroppedIsCounted() throws Exception {
    RxRing ring = open();
    int sent = 20_000;
    int[] numbers = new int[sent];
    send(numbers);
    long read = 0;
    while (ring.next(Duration.ofMillis(200)) != null) {
      read++;
    }
    PacketStatistics counted = ring.statistics();
    assertEquals(sent, counted.packets());
    assertEquals(sent, read + counted.dropped());
    assertTrue(counted.dropped() > 0, counted::toString);
    assertTrue(counted.freezes() > 0, counted::toString);
    ring.close();
    assertEquals(counted, ring.statistics());
  }

  @Test
  void aPacketIsCutOffWhereTheFilterSays() throws Exception {
    Socket socket = Socket.open(Domain.PACKET, Type.RAW);
    socket.setopt(Option.SO_ATTACH_FILTER, Filter.parse("1,6 0 0 20"));
    socket.bind(Address.Packet.of(lo, protocol));
    try (RxRing ring = RxRing.of(socket, SMALL)) {
      send(1);
      Packet packet = ring.next();
      assertEquals(20, packet.length());
      assertEquals(60, packet.wireLength());
      assertThrows(IndexOutOfBoundsException.class, () -> packet.byteAt(20));
    }
  }

  @Test
  void wrongSizesAreRefused() throws Exception {
    assertThrows(
        IllegalArgumentException.class, () -> new RingRequest(4096, 1, 3000, Duration.ZERO));
    Socket socket = Socket.open(Domain.PACKET, Type.RAW);
    NixioException refused =
        assertThrows(
            NixioException.class,
            () -> RxRing.of(socket, new RingRequest(1000, 1, 1000, Duration.ZERO)));
    assertEquals(Errno.EINVAL, refused.errno());
    assertEquals("setsockopt PACKET_RX_RING", refused.operation());
    assertFalse(socket.isOpen());
  }

  @OnBothThreads
  void aTransmitRingSends() throws Exception {
    TxRing sender =
        TxRing.of(
            Socket.open(Domain.PACKET, Type.RAW).bind(Address.Packet.of(lo, 0)),
            new RingRequest(1 << 13, 1, 1 << 11, Duration.ZERO));
    try (RxRing receiver = open(new RingRequest(1 << 16, 64, 1 << 11, Duration.ofMillis(10)))) {
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 4; i++) {
          MemorySegment frame = sender.claim();
          assertSame(frame, sender.claim());
          frame.fill((byte) 0);
          frame.set(ValueLayout.JAVA_BYTE, 12, (byte) (protocol >>> 8));
          frame.set(ValueLayout.JAVA_BYTE, 13, (byte) protocol);
          frame.set(ValueLayout.JAVA_BYTE, HEADER, (byte) (round * 4 + i));
          sender.commit(60);
        }
        assertNull(sender.claim());
        assertThrows(IllegalStateException.class, () -> sender.commit(60));
        assertEquals(240, sender.flush());
        assertThrows(IndexOutOfBoundsException.class, () -> sender.commit(2017));
      }
      for (int i = 0; i < 40; i++) {
        Packet packet = receiver.next(Duration.ofSeconds(20));
        assertNotNull(packet, "packet " + i + ", " + receiver.statistics());
        assertEquals(i, packet.byteAt(HEADER));
        assertEquals(60, packet.length());
      }
    }
    sender.close();
    assertThrows(IllegalStateException.class, sender::claim);
    assertThrows(NixioException.class, sender::flush);
  }
}
