package nixio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nixio.packet.Packet;
import nixio.packet.RxRing;

/** Packets and raw sockets in the namespace of a test: takes the name of what to look at. */
final class PacketMain {
  /** The first of Ethernet's protocols for experiments. */
  private static final int EXPERIMENT = 0x88B5;

  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86DD;

  /** RFC 3692 keeps it for experiments. */
  private static final Protocol UNUSED = Protocol.of(253);

  private static final int HEADER = 14;
  private static final int IP_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private interface Scene {
    void play() throws Exception;
  }

  private static final Map<String, Scene> SCENES =
      Map.ofEntries(
          Map.entry("tags", PacketMain::tags),
          Map.entry("lengths", PacketMain::lengths),
          Map.entry("times", PacketMain::times),
          Map.entry("checksums", PacketMain::checksums),
          Map.entry("allocation", PacketMain::allocation),
          Map.entry("memberships", PacketMain::memberships),
          Map.entry("fanout", PacketMain::fanout),
          Map.entry("icmp", PacketMain::icmp),
          Map.entry("checksum6", PacketMain::checksum6),
          Map.entry("header", PacketMain::header),
          Map.entry("header6", PacketMain::header6));

  private PacketMain() {}

  public static void main(String[] args) throws Exception {
    SCENES.get(args[0]).play();
    System.out.println("ok");
  }

  // What there is to send with, and to receive

  private static Address.Packet on(String device, int protocol) throws IOException {
    return Address.Packet.of(Interface.of(device), protocol);
  }

  private static Socket open(Type type, String device, int protocol) throws IOException {
    return Socket.open(Domain.PACKET, type)
        .setopt(Option.PACKET_AUXDATA, true)
        .setopt(Option.PACKET_IGNORE_OUTGOING, true)
        .setopt(Option.SO_RCVTIMEO, PATIENCE)
        .setopt(Option.SO_RCVBUFFORCE, 1 << 23)
        .bind(on(device, protocol));
  }

  private static RxRing ring(String device, int protocol) throws IOException {
    Socket socket = Socket.open(Domain.PACKET, Type.RAW);
    socket.setopt(Option.PACKET_IGNORE_OUTGOING, true);
    RxRing ring = RxRing.of(socket, new RingRequest(1 << 16, 16, 1 << 11, Duration.ofMillis(10)));
    socket.bind(on(device, protocol));
    return ring;
  }

  private static Socket raw(Domain domain) throws IOException {
    return Socket.open(domain, Type.RAW, UNUSED).setopt(Option.SO_RCVTIMEO, PATIENCE);
  }

  /** An Ethernet frame to everybody, with tags before its protocol. */
  private static byte[] frame(byte[] data, int protocol, int... tags) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER + 2 * tags.length + data.length);
    frame.put(new byte[] {-1, -1, -1, -1, -1, -1, 2, 0, 0, 0, 0, 9});
    for (int tag : tags) {
      frame.putShort((short) tag);
    }
    return frame.putShort((short) protocol).put(data).array();
  }

  private static byte[] text(String text) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 46);
  }

  private static MemorySegment memory(byte[] bytes) {
    return MemorySegment.ofArray(bytes);
  }

  private static byte[] data(Batch batch, int message) {
    return batch.data(message).toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] receive(Socket socket) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return socket.recv(arena, 2000).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static long now() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  // PACKET_AUXDATA and times

  private static void tags() throws Exception {
    int[][] tags = {{}, {0x8100, 0xA064}, {0x88A8, 7}, {0x8100, 0}, {0x88A8, 5, 0x8100, 6}};
    try (RxRing ring = ring("b", Address.Packet.ALL);
        Socket sender = open(Type.RAW, "a", 0)) {
      for (int[] each : tags) {
        sender.send(memory(frame(text("tagged"), EXPERIMENT, each)));
        Packet packet = ring.next(PATIENCE);
        assertEquals(each.length > 0, packet.hasVlan());
        if (packet.hasVlan()) {
          assertEquals(each[0], packet.vlanProtocol());
          assertEquals(each[1], packet.vlan());
        }
        assertEquals(each.length > 2 ? 64 : 60, packet.wireLength());
      }
    }
    for (Type type : List.of(Type.RAW, Type.DGRAM)) {
      try (Socket receiver = open(type, "b", Address.Packet.ALL);
          Socket untagged = open(type, "b", EXPERIMENT);
          Socket sender = open(Type.RAW, "a", 0);
          Batch batch = Batch.of(8, 100)) {
        for (int[] each : tags) {
          sender.send(memory(frame(text("tagged"), EXPERIMENT, each)));
        }
        int seen = 0;
        while (seen < tags.length) {
          int count = receiver.recvmmsg(batch);
          for (int i = 0; i < count; i++) {
            assertTag(batch, i, type, tags[seen++]);
          }
        }
        // those of one protocol do not hear of tags: the first, and the one without a number
        untagged.recvmsg(batch);
        assertFalse(batch.control(0).hasVlan());
        assertTrue(batch.control(0).wireLength() > 0);
      }
    }
  }

  /** The outer tag is told, an inner one is in the data. */
  private static void assertTag(Batch batch, int i, Type type, int... tags) {
    Control control = batch.control(i);
    boolean tagged = tags.length > 0;
    assertEquals(tagged, control.hasVlan());
    assertEquals(tagged ? tags[1] : Control.NONE, control.vlan());
    assertEquals(tagged ? tags[0] : Control.NONE, control.vlanProtocol());
    int[] inner = tagged ? Arrays.copyOfRange(tags, 2, tags.length) : tags;
    byte[] whole = frame(text("tagged"), EXPERIMENT, inner);
    int header = type == Type.RAW ? HEADER : 0;
    assertEquals(header, control.networkOffset());
    assertArrayEquals(Arrays.copyOfRange(whole, HEADER - header, whole.length), data(batch, i));
    assertEquals(batch.length(i), control.wireLength());
    assertFalse(control.isChecksumValid() || control.isChecksumMissing());
    Address.Packet from = (Address.Packet) batch.peer(i).address();
    if (inner.length == 0 || type == Type.RAW) { // else newer kernels look behind the inner tag
      assertEquals(inner.length > 0 ? inner[0] : EXPERIMENT, from.protocol());
    }
  }

  private static void lengths() throws Exception {
    try (Socket receiver = open(Type.RAW, "b", EXPERIMENT);
        Socket sender = open(Type.RAW, "a", 0);
        Batch batch = Batch.of(1, 20)) {
      for (int size : new int[] {HEADER, 20, 60, 1514}) {
        sender.send(memory(Arrays.copyOf(frame(new byte[0], EXPERIMENT), size)));
        receiver.recvmsg(batch);
        assertEquals(size, batch.control(0).wireLength());
        assertEquals(Math.min(20, size), batch.length(0));
        assertEquals(size > 20, batch.isTruncated(0));
        assertEquals(HEADER, batch.control(0).networkOffset());
      }
      receiver.setopt(Option.SO_ATTACH_FILTER, Filter.parse("1,6 0 0 15"));
      sender.send(memory(frame(text("cut"), EXPERIMENT)));
      assertEquals(15, receiver.recvmsg(batch));
      assertEquals(60, batch.control(0).wireLength());
      assertFalse(batch.isTruncated(0));
    }
  }

  private static void times() throws Exception {
    try (Socket receiver = open(Type.RAW, "b", EXPERIMENT);
        Socket sender = open(Type.RAW, "a", 0);
        Batch batch = Batch.of(4, 100)) {
      for (boolean flags : new boolean[] {false, true}) {
        if (flags) {
          receiver.setopt(Option.SO_TIMESTAMPNS, false);
          Timestamping wanted = Timestamping.RX_SOFTWARE.or(Timestamping.SOFTWARE);
          receiver.setopt(Option.SO_TIMESTAMPING, wanted.or(Timestamping.RAW_HARDWARE));
        } else {
          receiver.setopt(Option.SO_TIMESTAMPNS, true);
        }
        Await.until( // the kernel begins to stamp some time after it was told to
            "timestamp",
            () -> {
              sender.send(memory(frame(text("early"), EXPERIMENT)));
              receiver.recvmsg(batch);
              return batch.control(0).timestamp() != Control.NONE;
            });
        long[] before = new long[5];
        for (int i = 0; i < 4; i++) {
          before[i] = now();
          sender.send(memory(frame(text("timed " + i), EXPERIMENT)));
        }
        Thread.sleep(100); // the kernel's time is not that of the call
        before[4] = now() - 50_000_000;
        for (int seen = 0; seen < 4; ) {
          int count = seen == 0 ? receiver.recvmsg(batch) >= 0 ? 1 : 0 : receiver.recvmmsg(batch);
          for (int i = 0; i < count; i++, seen++) {
            Control control = batch.control(i);
            assertTrue(before[seen] <= control.timestamp(), "message " + seen);
            assertTrue(control.timestamp() < before[4], "message " + seen);
            assertEquals(Control.NONE, control.hardwareTimestamp());
            assertEquals(60, control.wireLength());
          }
        }
      }
    }
  }

  /** UDP on loopback: nobody writes its checksum. */
  private static void checksums() throws Exception {
    try (Socket receiver = open(Type.DGRAM, "lo", IPV4);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 100)) {
      sender.sendto(memory(text("x")), "127.0.0.1", 9);
      receiver.recvmsg(batch);
      assertTrue(batch.control(0).isChecksumMissing());
      assertFalse(batch.control(0).isChecksumValid());
    }
  }

  private static void allocation() throws Exception {
    try (Socket receiver = open(Type.RAW, "b", Address.Packet.ALL);
        Socket sender = open(Type.RAW, "a", 0);
        Batch sent = Batch.of(2, 100);
        Batch batch = Batch.of(2, 100)) {
      receiver.setopt(Option.SO_TIMESTAMPNS, true);
      MemorySegment frame = memory(frame(text("tagged"), EXPERIMENT, 0x8100, 100));
      sent.add(frame).add(frame);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 12 && least > 0; round++) {
        long allocated = 0;
        for (int i = 0; i < 20_000; i++) {
          sender.sendmmsg(sent);
          long before = THREADS.getCurrentThreadAllocatedBytes();
          long sum = decoded(receiver, batch);
          allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
          assertEquals(0, sum % (100 + 0x8100 + HEADER + 60 + 1));
        }
        least = Math.min(least, allocated);
      }
      assertEquals(0, least, "bytes in 20,000 calls");
    }
  }

  private static long decoded(Socket receiver, Batch batch) throws IOException {
    long sum = 0;
    int count = receiver.recvmmsg(batch);
    for (int i = 0; i < count; i++) {
      Control control = batch.control(i);
      sum += control.vlan() + control.vlanProtocol() + control.networkOffset();
      sum += control.wireLength() + (control.timestamp() > 0 ? 1 : 0);
      sum += control.isChecksumValid() || control.isChecksumMissing() ? 1 : 0;
    }
    return sum;
  }

  // Memberships

  private static void memberships() throws Exception {
    Interface b = Interface.of("b");
    assertEquals("0 0", counters());
    try (Socket first = open(Type.RAW, "b", EXPERIMENT);
        Socket second = open(Type.RAW, "b", EXPERIMENT)) {
      first.setopt(Option.PACKET_ADD_MEMBERSHIP, PacketMembership.promiscuous(b));
      assertEquals("1 0", counters());
      second.setopt(Option.PACKET_ADD_MEMBERSHIP, PacketMembership.promiscuous(b));
      second.setopt(Option.PACKET_ADD_MEMBERSHIP, PacketMembership.allMulticast(b));
      assertEquals("2 1", counters());
      first.setopt(Option.PACKET_DROP_MEMBERSHIP, PacketMembership.promiscuous(b));
      assertEquals("1 1", counters());
      byte[] group = {1, 0, 0x5e, 0, 0, 42};
      first.setopt(Option.PACKET_ADD_MEMBERSHIP, PacketMembership.multicast(b, group));
      assertTrue(groups().contains("01:00:5e:00:00:2a"), PacketMain::groups);
      first.setopt(Option.PACKET_DROP_MEMBERSHIP, PacketMembership.multicast(b, group));
      assertFalse(groups().contains("01:00:5e:00:00:2a"), PacketMain::groups);
    }
    assertEquals("0 0", counters()); // they end with the socket
  }

  private static String said(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String groups() {
    return said("ip", "maddr", "show", "dev", "b");
  }

  /** How often b was made promiscuous, and how often to hear every group. */
  private static String counters() {
    String said = said("ip", "-d", "link", "show", "dev", "b");
    List<String> words = List.of(said.split("\\s+"));
    assertTrue(words.contains("promiscuity"), said);
    String multicast = // iproute2 before 6.0 does not tell
        words.contains("allmulti")
            ? words.get(words.indexOf("allmulti") + 1)
            : (flags() & 0x200) == 0 ? "0" : "1";
    return words.get(words.indexOf("promiscuity") + 1) + " " + multicast;
  }

  private static int flags() {
    return Integer.decode(said("cat", "/sys/class/net/b/flags").strip());
  }

  // Fanout

  private static void fanout() throws Exception {
    try (Socket sender = open(Type.RAW, "a", 0)) {
      int flows = 64;
      int each = 20;
      try (Socket first = open(Type.RAW, "b", IPV4);
          Socket second = open(Type.RAW, "b", IPV4)) {
        Fanout group = new Fanout(77, Fanout.HASH);
        first.setopt(Option.PACKET_FANOUT, group);
        second.setopt(Option.PACKET_FANOUT, group);
        for (int i = 0; i < flows * each; i++) {
          sender.send(memory(frame(datagram(i % flows, i), IPV4)));
        }
        List<BitSet> seen = shared(first, second, flows * each, HEADER + IP_HEADER + 8);
        for (int flow = 0; flow < flows; flow++) {
          int of = flow;
          BitSet socket = seen.getFirst().get(flow) ? seen.getFirst() : seen.getLast();
          long together = socket.stream().filter(i -> i % flows == of).count();
          assertEquals(each, together, "flow " + flow);
        }
        assertNotEquals(0, seen.getFirst().cardinality());
        assertNotEquals(0, seen.getLast().cardinality());
      }
      try (Socket first = open(Type.RAW, "b", EXPERIMENT);
          Socket second = open(Type.RAW, "b", EXPERIMENT)) {
        int unique = Fanout.ROUND_ROBIN | Fanout.FLAG_UNIQUE;
        first.setopt(Option.PACKET_FANOUT, new Fanout(0, unique));
        Fanout group = first.getopt(Option.PACKET_FANOUT);
        assertEquals(Fanout.ROUND_ROBIN, group.mode());
        second.setopt(Option.PACKET_FANOUT, group);
        for (int i = 0; i < 1000; i++) {
          byte[] number = ByteBuffer.allocate(46).putInt(i).array();
          sender.send(memory(frame(number, EXPERIMENT)));
        }
        List<BitSet> seen = shared(first, second, 1000, HEADER);
        assertEquals(500, seen.getFirst().cardinality());
        assertEquals(500, seen.getLast().cardinality());
      }
      try (RxRing first = ring("b", EXPERIMENT);
          RxRing second = ring("b", EXPERIMENT)) {
        Fanout group = new Fanout(78, Fanout.ROUND_ROBIN);
        first.socket().setopt(Option.PACKET_FANOUT, group);
        second.socket().setopt(Option.PACKET_FANOUT, group);
        for (int i = 0; i < 1000; i++) {
          sender.send(memory(frame(ByteBuffer.allocate(46).putInt(i).array(), EXPERIMENT)));
        }
        BitSet seen = new BitSet();
        for (RxRing ring : List.of(first, second)) {
          for (int i = 0; i < 500; i++) {
            seen.set(ring.next(PATIENCE).intAt(HEADER));
          }
          assertEquals(new PacketStatistics(500, 0, 0).packets(), ring.statistics().packets());
        }
        assertEquals(1000, seen.cardinality());
      }
    }
  }

  /** A UDP datagram of a flow, with a number in it. */
  private static byte[] datagram(int flow, int number) {
    return ByteBuffer.allocate(46)
        .put((byte) 0x45)
        .put(2, (byte) 0)
        .putShort(2, (short) (IP_HEADER + 12))
        .put(8, (byte) 64)
        .put(9, (byte) 17)
        .putInt(12, 0xC0000200 + flow) // 192.0.2.0
        .putInt(16, 0xC6336401) // 198.51.100.1
        .putShort(20, (short) (1000 + flow))
        .putShort(22, (short) 53)
        .putShort(24, (short) 12)
        .putInt(28, number)
        .array();
  }

  /** Which numbers either has received: all, and none twice. */
  private static List<BitSet> shared(Socket first, Socket second, int count, int at)
      throws Exception {
    List<BitSet> seen = List.of(new BitSet(), new BitSet());
    List<Socket> sockets = List.of(first, second);
    try (Batch batch = Batch.of(1, 100)) {
      int[] received = new int[1];
      for (long until = 0; ; ) {
        int before = received[0];
        for (int i = 0; i < 2; i++) {
          while (sockets.get(i).recvmsg(batch, Msg.DONTWAIT) >= 0) {
            int number = ByteBuffer.wrap(data(batch, 0)).getInt(at);
            assertFalse(seen.get(0).get(number) || seen.get(1).get(number), number + " twice");
            seen.get(i).set(number);
            received[0]++;
          }
        }
        if (received[0] > before) { // and a while longer: nothing comes twice
          until = System.nanoTime() + (received[0] < count ? PATIENCE.toNanos() : 200_000_000);
        } else if (until != 0 && System.nanoTime() > until) {
          break;
        }
        Thread.sleep(1);
      }
      assertEquals(count, received[0]);
    }
    return seen;
  }

  // Raw sockets

  /** RFC 1071: of parts that have an even number of bytes each, but the last. */
  private static int checksum(byte[]... parts) {
    int sum = 0;
    for (byte[] part : parts) {
      for (int i = 0; i < part.length; i++) {
        sum += (part[i] & 0xFF) << ((i & 1) == 0 ? 8 : 0);
      }
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return ~sum & 0xFFFF;
  }

  /** Of RFC 8200, from ::1 to ::1. */
  private static byte[] pseudoHeader(int length) {
    return ByteBuffer.allocate(40)
        .put(15, (byte) 1)
        .put(31, (byte) 1)
        .putInt(32, length)
        .put(39, (byte) UNUSED.number())
        .array();
  }

  private static void checksum6() throws Exception {
    Address to = Address.Inet.of("::1", 0);
    try (Socket writer = raw(Domain.INET6).setopt(Option.IPV6_CHECKSUM, 2);
        Socket verifier = raw(Domain.INET6).setopt(Option.IPV6_CHECKSUM, 2);
        Socket plain = raw(Domain.INET6);
        Socket any = raw(Domain.INET6)) {
      for (int size : new int[] {4, 5, 6, 1001}) {
        byte[] sent = new byte[size];
        Arrays.fill(sent, (byte) 0x5a);
        writer.sendto(memory(sent), to);
        byte[] right = sent.clone();
        right[2] = right[3] = 0;
        int sum = checksum(pseudoHeader(size), right);
        right[2] = (byte) (sum >> 8);
        right[3] = (byte) sum;
        assertArrayEquals(right, receive(any));
        assertArrayEquals(right, receive(verifier));

        byte[] wrong = right.clone();
        wrong[2]++;
        plain.sendto(memory(wrong), to);
        plain.sendto(memory(right), to);
        assertArrayEquals(wrong, receive(any));
        assertArrayEquals(right, receive(any));
        assertArrayEquals(right, receive(verifier)); // the wrong one is lost
        for (Socket each : List.of(verifier, any)) {
          MemorySegment room = memory(new byte[8]);
          assertEquals(Socket.WOULD_BLOCK, each.recv(room, Msg.DONTWAIT));
        }
      }
      assertEinval(() -> writer.setopt(Option.IPV6_CHECKSUM, 3));
      assertEinval(() -> writer.sendto(memory(new byte[3]), to)); // no room for it
    }
  }

  private static void assertEinval(org.junit.jupiter.api.function.Executable call) {
    assertEquals(Errno.EINVAL, assertThrows(NixioException.class, call).errno());
  }

  private static byte[] echo(int type) {
    byte[] echo = {(byte) type, 0, 0, 0, 7, 7, 0, 1, 'e', 'c', 'h', 'o'};
    if (type == 8) { // of ICMPv6 the kernel writes it
      int sum = checksum(echo);
      echo[2] = (byte) (sum >> 8);
      echo[3] = (byte) sum;
    }
    return echo;
  }

  /** On loopback both the request and the reply arrive: a filter keeps one of them. */
  private static void icmp() throws Exception {
    icmp(Domain.INET, Protocol.ICMP, "127.0.0.1", 8, 0, Option.ICMP_FILTER);
    icmp(Domain.INET6, Protocol.ICMPV6, "::1", 128, 129, Option.ICMPV6_FILTER);
  }

  private static void icmp(
      Domain domain, Protocol protocol, String host, int request, int reply, Option<IcmpFilter> of)
      throws Exception {
    Address to = Address.Inet.of(host, 0);
    try (Socket all = Socket.open(domain, Type.RAW, protocol);
        Socket replies = Socket.open(domain, Type.RAW, protocol);
        Socket requests = Socket.open(domain, Type.RAW, protocol);
        Socket ping = Socket.open(domain, Type.DGRAM, protocol)) {
      replies.setopt(of, IcmpFilter.passing(reply));
      requests.setopt(of, IcmpFilter.blocking(reply));
      all.sendto(memory(echo(request)), to);
      assertEquals(List.of(request, reply), types(all));
      assertEquals(List.of(reply), types(replies));
      assertEquals(List.of(request), types(requests));
      // a ping socket hears the replies to its own requests alone
      ping.sendto(memory(echo(request)), to);
      byte[] answer = receive(ping);
      assertEquals(reply, answer[0] & 0xFF);
      assertEquals("echo", new String(answer, 8, 4, StandardCharsets.US_ASCII));
      assertEquals(List.of(), types(ping));
    }
  }

  /** Of the messages that are there. */
  private static List<Integer> types(Socket socket) throws IOException {
    List<Integer> types = new ArrayList<>();
    MemorySegment buffer = memory(new byte[100]);
    while (socket.recv(buffer, Msg.DONTWAIT) >= 0) {
      int at = socket.domain() == Domain.INET && socket.type() == Type.RAW ? IP_HEADER : 0;
      types.add(buffer.get(ValueLayout.JAVA_BYTE, at) & 0xFF);
    }
    return types;
  }

  /** The kernel writes length, checksum, and what is 0 of the source and the number. */
  private static void header() throws Exception {
    try (Socket wire = open(Type.DGRAM, "lo", IPV4);
        Socket receiver = raw(Domain.INET);
        Socket sender = raw(Domain.INET).setopt(Option.IP_HDRINCL, true)) {
      for (int source : new int[] {0, 0x7F000009}) {
        byte[] sent =
            ByteBuffer.allocate(IP_HEADER + 5)
                .put(0, (byte) 0x45)
                .put(1, (byte) (46 << 2))
                .putShort(6, (short) 0x4000) // do not fragment
                .put(8, (byte) 7)
                .put(9, (byte) UNUSED.number())
                .putInt(12, source)
                .putInt(16, 0x7F000001)
                .put(IP_HEADER, (byte) 'x')
                .array();
        sender.sendto(memory(sent), "127.0.0.1", 0);
        byte[] seen = receive(wire);
        assertArrayEquals(seen, receive(receiver));
        assertEquals(0, checksum(Arrays.copyOf(seen, IP_HEADER)));
        ByteBuffer expected = ByteBuffer.wrap(sent.clone());
        expected.putShort(2, (short) sent.length);
        expected.putShort(4, ByteBuffer.wrap(seen).getShort(4));
        expected.putShort(10, ByteBuffer.wrap(seen).getShort(10));
        expected.putInt(12, source == 0 ? 0x7F000001 : source);
        assertArrayEquals(expected.array(), seen);
      }
      assertEinval(() -> sender.sendto(memory(new byte[IP_HEADER - 1]), "127.0.0.1", 0));
    }
  }

  /** The kernel sends all as it is. */
  private static void header6() throws Exception {
    try (Socket wire = open(Type.DGRAM, "lo", IPV6);
        Socket receiver = raw(Domain.INET6);
        Socket sender = raw(Domain.INET6).setopt(Option.IPV6_HDRINCL, true);
        Batch batch = Batch.of(1, 100)) {
      receiver.setopt(Option.IPV6_RECVHOPLIMIT, true).setopt(Option.IPV6_RECVTCLASS, true);
      byte[] sent =
          ByteBuffer.allocate(IPV6_HEADER + 5)
              .putInt(0, 6 << 28 | (46 << 2) << 20 | 0x12345)
              .putShort(4, (short) 5)
              .put(6, (byte) UNUSED.number())
              .put(7, (byte) 9)
              .put(23, (byte) 1)
              .put(39, (byte) 1)
              .put(IPV6_HEADER, (byte) 'x')
              .array();
      sender.sendto(memory(sent), Address.Inet.of("::1", 0));
      assertArrayEquals(sent, receive(wire));
      receiver.recvmsg(batch); // without the header
      assertArrayEquals(Arrays.copyOfRange(sent, IPV6_HEADER, sent.length), data(batch, 0));
      assertEquals(9, batch.control(0).ttl());
      assertEquals(46 << 2, batch.control(0).trafficClass());
    }
  }
}
