package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The state of connections, and as another process reads it of the same socket. */
class TcpInfoTest {
  private static final int LENGTH = 280;

  /** Times that go on while nothing happens. */
  private static final Set<String> RUNNING =
      Set.of("lastDataSent", "lastAckSent", "lastDataReceived", "lastAckReceived", "ato");

  private static final String READS =
      """
      import array, socket, struct, sys
      u = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
      u.connect(chr(0) + sys.argv[1])
      data, anc, flags, peer = u.recvmsg(10, 100)
      fd = array.array('i', anc[0][2])[0]
      s = socket.socket(fileno=fd)
      info = s.getsockopt(6, 11, 1000)
      length = len(info)
      info = info.ljust(280, b'\\xff')
      numbers = list(struct.unpack_from('=8B24I4Q6I4Q2I2Q4I2I2HI7I', info))
      flags = numbers[7]
      scales = numbers[6]
      numbers[6:8] = [scales & 15, scales >> 4, flags & 1, flags >> 1 & 3]
      print(length, *numbers)
      sys.stdin.readline()
      """;

  private static List<Number> numbers(TcpInfo info) throws ReflectiveOperationException {
    List<Number> numbers = new ArrayList<>();
    for (RecordComponent component : TcpInfo.class.getRecordComponents()) {
      Object value = component.getAccessor().invoke(info);
      numbers.add(
          switch (value) {
            case TcpInfo.State state -> List.of(TcpInfo.State.values()).indexOf(state) + 1;
            case TcpInfo.CongestionState state ->
                List.of(TcpInfo.CongestionState.values()).indexOf(state);
            case Boolean flag -> flag ? 1 : 0;
            case Number number -> number;
            default -> throw new AssertionError(component);
          });
    }
    return numbers;
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void isWhatAnotherProcessReads(Link link) throws Exception {
    String name = "nixio-tcp-info-" + System.nanoTime();
    try (Pair pair = link.open();
        Socket listener = Socket.open(Domain.UNIX, Type.STREAM).bind("\0" + name).listen(1);
        Python python = Python.start(READS, name);
        Socket socket = listener.accept().socket();
        Batch batch = Batch.of(1, 1)) {
      MemorySegment data = Bytes.pattern(50_000);
      Task<Long> receiver = Threads.PLATFORM.start(() -> pair.second().recvall(Bytes.room(50_000)));
      pair.first().sendall(data);
      receiver.get();
      pair.second().send(Bytes.of("answer"));
      pair.first().recv(Bytes.room(6), Msg.WAITALL);
      Await.until(
          "acknowledgement",
          () -> {
            TcpInfo info = pair.first().getopt(Option.TCP_INFO);
            return info.unacked() == 0 && info.bytesAcked() >= 50_000;
          });
      batch.length(0, 1).count(1).control(0).pass(pair.first());
      socket.sendmsg(batch);
      List<Long> theirs =
          Splitter.on(' ').splitToStream(python.line()).map(Long::parseUnsignedLong).toList();
      TcpInfo info = pair.first().getopt(Option.TCP_INFO);
      List<Number> ours = numbers(info);
      RecordComponent[] fields = TcpInfo.class.getRecordComponents();
      assertEquals(fields.length, theirs.size());
      for (int i = 0; i < fields.length; i++) {
        boolean there = ours.get(i).longValue() != -1 || theirs.get(i) == -1;
        if (!RUNNING.contains(fields[i].getName()) && there) {
          assertEquals(theirs.get(i), ours.get(i).longValue(), fields[i].getName());
        }
      }
      assertEquals(TcpInfo.State.ESTABLISHED, info.state());
      assertEquals(TcpInfo.CongestionState.OPEN, info.congestionState());
      assertTrue(info.hasSack() && info.hasTimestamps() && info.hasWindowScale());
      assertFalse(info.hasSynData());
      assertEquals(50_000, info.bytesSent() - info.bytesRetransmitted());
      assertEquals(6, info.bytesReceived());
      assertTrue(info.rtt() > 0);
      assertTrue(info.sendWindowScale() > 0 && info.receiveWindowScale() > 0);
      python.tell("").end();
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void statesFollowEachOther(Link link) throws Exception {
    try (Socket fresh = link.socket();
        Pair pair = link.open()) {
      assertEquals(TcpInfo.State.CLOSED, fresh.getopt(Option.TCP_INFO).state());
      pair.first().shutdown(Shutdown.WR);
      Await.until("end", () -> state(pair.first()) == TcpInfo.State.FIN_WAIT_2);
      assertEquals(TcpInfo.State.CLOSE_WAIT, state(pair.second()));
      pair.second().shutdown(Shutdown.WR);
      Await.until("end", () -> state(pair.second()) == TcpInfo.State.CLOSED);
    }
  }

  private static TcpInfo.State state(Socket socket) throws Exception {
    return socket.getopt(Option.TCP_INFO).state();
  }

  /** What an older kernel does not give is not there; what a newer one gives does no harm. */
  @Test
  void fieldsEndWithTheLength() throws Exception {
    MemorySegment memory = Bytes.room(LENGTH + 100).fill((byte) 1);
    for (int length = 0; length <= LENGTH + 100; length++) {
      TcpInfo info = TcpInfo.read(memory.asSlice(0, length));
      assertEquals(length, info.length());
      assertEquals(length >= 104 ? 0x01010101 : -1, info.totalRetransmissions());
      assertEquals(length >= 232 ? 0x01010101 : -1, info.sendWindow());
      assertEquals(length >= 236 ? 0x01010101 : -1, info.receiveWindow());
      assertEquals(length >= 242 ? 0x0101 : -1, info.totalRto());
      assertEquals(length >= 276 ? 0x01010101 : -1, info.receivedCeBytes());
      assertEquals(length >= 112 ? 0x0101010101010101L : -1, info.pacingRate());
      assertEquals(length >= 7 ? 1 : -1, info.sendWindowScale());
      assertEquals(length == 0 ? TcpInfo.State.UNKNOWN : TcpInfo.State.ESTABLISHED, info.state());
    }
  }

  @Test
  void multipathTcpTellsItsOwn() throws Exception {
    try (Socket socket = OptionsTest.multipath()) {
      MptcpInfo info = socket.getopt(Option.MPTCP_INFO);
      assertTrue(info.length() >= 40);
      assertFalse(info.isFallback());
      assertTrue(info.hasRemoteKey());
      assertEquals(0, info.subflows());
      assertTrue(info.token() > 0);
      if (info.length() >= 96) {
        assertEquals(1, info.subflowsTotal());
        assertEquals(0, info.bytesSent());
      }
      assertEquals(Protocol.MPTCP, socket.getopt(Option.SO_PROTOCOL));
      // as TCP's level is the first subflow's
      assertTrue(socket.getopt(Option.TCP_INFO).length() >= 104);
    }
  }

  @Test
  void multipathTcpCountsBytes() throws Exception {
    Socket probe = OptionsTest.multipath();
    probe.close();
    try (Socket listener =
            Socket.open(Domain.INET, Type.STREAM, Protocol.MPTCP).bind("127.0.0.1", 0).listen(1);
        Socket client = Socket.open(Domain.INET, Type.STREAM, Protocol.MPTCP)) {
      client.connect(listener.getsockname());
      try (Socket server = listener.accept().socket()) {
        client.sendall(Bytes.room(12_345));
        server.recvall(Bytes.room(12_345));
        MptcpInfo info = server.getopt(Option.MPTCP_INFO);
        if (info.length() >= 80) {
          assertEquals(12_345, info.bytesReceived());
        } else {
          assertEquals(-1, info.bytesReceived());
        }
      }
    }
  }

  @Test
  void aPeerWithoutMultipathTcpIsSeen() throws Exception {
    OptionsTest.multipath().close();
    try (Socket listener = Link.TCP.listener();
        Socket client = Socket.open(Domain.INET, Type.STREAM, Protocol.MPTCP)) {
      client.connect(listener.getsockname());
      assertEquals(
          Errno.EOPNOTSUPP,
          assertThrows(NixioException.class, () -> client.getopt(Option.MPTCP_INFO)).errno());
    }
  }

  /** One field behind the other, as the header has them: C's types, and how many of each. */
  @Test
  void everyFieldIsInItsPlace() throws Exception {
    byte[] bytes = new byte[276];
    new Random(280).nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    List<Long> expected = new ArrayList<>(List.of(276L));
    for (int i = 0; i < 6; i++) {
      expected.add(Byte.toUnsignedLong(buffer.get()));
    }
    int scales = buffer.get();
    int flags = buffer.get();
    expected.add(scales & 15L);
    expected.add(scales >> 4 & 15L);
    expected.add(flags & 1L);
    expected.add(flags >> 1 & 3L);
    for (String run : List.of("24I", "4Q", "6I", "4Q", "2I", "2Q", "4I", "2I", "2H", "1I", "7I")) {
      int count = Integer.parseInt(run.substring(0, run.length() - 1));
      for (int i = 0; i < count; i++) {
        expected.add(
            switch (run.charAt(run.length() - 1)) {
              case 'I' -> Integer.toUnsignedLong(buffer.getInt());
              case 'H' -> Short.toUnsignedLong(buffer.getShort());
              default -> buffer.getLong();
            });
      }
    }
    List<Number> found =
        numbers(TcpInfo.read(Bytes.room(276).copyFrom(MemorySegment.ofArray(bytes))));
    RecordComponent[] fields = TcpInfo.class.getRecordComponents();
    assertEquals(expected.size(), fields.length);
    for (int i = 3; i < fields.length; i++) { // the two states are not of every number
      assertEquals(expected.get(i), found.get(i).longValue(), fields[i].getName());
    }
  }

  @Test
  void everyFieldOfMultipathTcpIsInItsPlace() {
    byte[] bytes = new byte[96];
    new Random(96).nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    MptcpInfo info = MptcpInfo.read(Bytes.room(96).copyFrom(MemorySegment.ofArray(bytes)));
    assertEquals(Byte.toUnsignedInt(bytes[0]), info.subflows());
    assertEquals(Byte.toUnsignedInt(bytes[5]), info.addressesAcceptedMax());
    assertEquals(Integer.toUnsignedLong(buffer.getInt(8)), info.flags());
    assertEquals(buffer.getLong(32), info.receiveNext());
    assertEquals(Byte.toUnsignedInt(bytes[42]), info.checksumEnabled());
    assertEquals(Integer.toUnsignedLong(buffer.getInt(44)), info.retransmits());
    assertEquals(buffer.getLong(48), info.bytesRetransmitted());
    assertEquals(buffer.getLong(56), info.bytesSent());
    assertEquals(buffer.getLong(64), info.bytesReceived());
    assertEquals(buffer.getLong(72), info.bytesAcked());
    assertEquals(Byte.toUnsignedInt(bytes[80]), info.subflowsTotal());
    assertEquals(Integer.toUnsignedLong(buffer.getInt(84)), info.lastDataSent());
    assertEquals(Integer.toUnsignedLong(buffer.getInt(92)), info.lastAckReceived());
    assertEquals(-1, MptcpInfo.read(Bytes.room(95)).lastAckReceived());
  }
}
