package nixio;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@link Option}, on the right socket and on a wrong one. */
class OptionsTest {
  /** A socket of some kind, as an option needs it. */
  enum Kind {
    TCP(() -> Socket.open(Domain.INET, Type.STREAM)),
    TCP6(() -> Socket.open(Domain.INET6, Type.STREAM)),
    UDP(() -> Socket.open(Domain.INET, Type.DGRAM)),
    UDP6(() -> Socket.open(Domain.INET6, Type.DGRAM)),
    UNIX(() -> Socket.open(Domain.UNIX, Type.STREAM)),
    RAW(() -> Socket.open(Domain.INET, Type.RAW, Protocol.UDP)),
    RAW6(() -> Socket.open(Domain.INET6, Type.RAW, Protocol.UDP)),
    RAW_ICMP(() -> Socket.open(Domain.INET, Type.RAW, Protocol.ICMP)),
    RAW_ICMP6(() -> Socket.open(Domain.INET6, Type.RAW, Protocol.ICMPV6)),
    PACKET(() -> Socket.open(Domain.PACKET, Type.RAW)),
    PAIR(() -> {
      Pair pair = Socket.pair(Domain.UNIX, Type.STREAM);
      pair.second().close();
      return pair.first();
    }),
    PIDFD(() -> demanding(PAIR.open(), Option.SO_PEERPIDFD)),
    MPTCP(OptionsTest::multipath),
    LISTENER(() -> Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0).listen(1)),
    CONNECTED(() -> connectedToItself(Socket.open(Domain.INET, Type.DGRAM), "127.0.0.1")),
    CONNECTED6(() -> connectedToItself(Socket.open(Domain.INET6, Type.DGRAM), "::1"));

    private final Opening opening;

    Kind(Opening opening) {
      this.opening = opening;
    }

    Socket open() throws IOException {
      assumeTrue(
          !(name().startsWith("RAW") || this == PACKET) || Capability.CAP_NET_RAW.isHeld(),
          "raw and packet sockets need CAP_NET_RAW here");
      assumeTrue(!name().endsWith("6") || hasLoopback6(), "no ::1 here");
      return opening.open();
    }

    /** Skips the test where the kernel does not have the option yet. */
    private static Socket demanding(Socket socket, Option<Integer> option) throws IOException {
      try {
        closes(socket.getopt(option));
        return socket;
      } catch (NixioException e) {
        assumeTrue(e.errno() != Errno.ENOPROTOOPT, "the kernel has no " + option);
        throw e;
      }
    }

    private static Socket connectedToItself(Socket socket, String host) throws IOException {
      socket.bind(host, 0).connect(socket.getsockname());
      return socket;
    }
  }

  private static boolean closes(int fd) {
    try {
      Nixio.close(fd);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** One end of a connection of Multipath TCP, whose other end is closed. */
  static Socket multipath() throws IOException {
    try (Socket listener = mptcp().bind("127.0.0.1", 0).listen(1)) {
      Socket socket = mptcp();
      socket.connect(listener.getsockname());
      listener.accept().socket().close();
      return socket;
    }
  }

  private static Socket mptcp() throws IOException {
    try {
      return Socket.open(Domain.INET, Type.STREAM, Protocol.MPTCP);
    } catch (NixioException e) {
      assumeTrue(false, "no Multipath TCP here: " + e.getMessage());
      throw e;
    }
  }

  private static boolean hasLoopback6() throws IOException {
    Path addresses = Path.of("/proc/net/if_inet6");
    return Files.exists(addresses) && Files.readString(addresses).contains("0".repeat(31) + "1 ");
  }

  interface Opening {
    Socket open() throws IOException;
  }

  interface Act {
    void on(Socket socket) throws IOException;
  }

  /** What is expected of a row of the table. */
  static final class Row<T> {
    private final Option<T> option;
    private final Kind kind;
    private Predicate<T> initially;
    private T value;
    private Predicate<T> after;
    private Object[] spelled;
    private Act before = socket -> {};
    private T privileged;
    private Kind wrong;
    private Errno refusedGet;
    private Errno refusedSet;

    Row(Option<T> option, Kind kind) {
      this.option = option;
      this.kind = kind;
    }

    Row<T> initially(T expected) {
      return initially(expected::equals);
    }

    Row<T> initially(Predicate<T> expected) {
      initially = expected;
      return this;
    }

    /** Sets a value, in nixio's spelling too, and reads it back. */
    Row<T> sets(T to, Object... inNixio) {
      return reads(to::equals).settable(to, inNixio);
    }

    Row<T> settable(T to, Object... inNixio) {
      value = to;
      spelled = inNixio;
      return this;
    }

    Row<T> reads(Predicate<T> expected) {
      after = expected;
      return this;
    }

    Row<T> before(Act act) {
      before = act;
      return this;
    }

    Row<T> privileged(T to) {
      privileged = to;
      return this;
    }

    Row<T> not(Kind other, Errno get, Errno set) {
      wrong = other;
      refusedGet = get;
      refusedSet = set;
      return this;
    }

    boolean isReadable() {
      return option.access() != Option.Access.SET;
    }

    boolean isSettable() {
      return option.access() != Option.Access.GET;
    }

    Socket socket() throws IOException {
      Socket socket = kind.open();
      before.on(socket);
      return socket;
    }

    void check(Predicate<T> expected, Socket socket) throws IOException {
      T typed = socket.getopt(option);
      Object named = socket.getopt(option.level(), option.nixioName());
      assertTrue(expected.test(typed), () -> option + " reads " + typed);
      assertTrue(expected.test(option.type().cast(named)), () -> option + " reads " + named);
    }

    @Override
    public String toString() {
      return option + " on " + kind;
    }
  }

  private static final int LOOPBACK = loopback();

  private static final Interface VIA_LOOPBACK = Interface.of(LOOPBACK);

  private static final Interface VIA_LOOPBACK_ADDRESS =
      Interface.of(InetAddress.ofLiteral("127.0.0.1"));

  private static final Membership GROUP = Membership.of("239.192.7.1", VIA_LOOPBACK_ADDRESS);

  private static final SourceMembership SOURCE =
      SourceMembership.of("239.192.7.2", "127.0.0.1", VIA_LOOPBACK_ADDRESS);

  private static final Membership GROUP6 = Membership.of("ff01::7:1", VIA_LOOPBACK);

  private static final SourceMembership SOURCE6 =
      SourceMembership.of("ff01::7:2", "::1", VIA_LOOPBACK);

  private static final Timestamping RECEIVED = Timestamping.RX_SOFTWARE.or(Timestamping.SOFTWARE);

  private static final TransmitTimes LATEST =
      new TransmitTimes(TransmitTimes.Clock.MONOTONIC, true, true);

  private static final RingRequest RING = new RingRequest(4096, 4, 2048, Duration.ZERO);

  private static final Object[] GROUP_SPELLED = {"239.192.7.1", "127.0.0.1"};
  private static final Object[] SOURCE_SPELLED = {"239.192.7.2", "127.0.0.1", "127.0.0.1"};
  private static final Object[] GROUP6_SPELLED = {"ff01::7:1", LOOPBACK};
  private static final Object[] SOURCE6_SPELLED = {"ff01::7:2", "::1", "lo"};

  private static final List<Row<?>> ROWS =
      List.of(
          flag(Option.SO_KEEPALIVE, Kind.TCP),
          flag(Option.SO_REUSEADDR, Kind.UNIX),
          flag(Option.SO_REUSEPORT, Kind.TCP),
          row(Option.SO_SNDBUF, Kind.TCP)
              .initially(n -> n > 4096)
              .settable(8192, 8192)
              .reads(n -> n == 16384),
          row(Option.SO_RCVBUF, Kind.UDP)
              .initially(n -> n > 4096)
              .settable(8192, 8192)
              .reads(n -> n == 16384),
          row(Option.SO_SNDBUFFORCE, Kind.TCP).privileged(1 << 23),
          row(Option.SO_RCVBUFFORCE, Kind.TCP).privileged(1 << 23),
          row(Option.SO_PRIORITY, Kind.TCP).initially(0).sets(6, 6).privileged(7),
          flag(Option.SO_BROADCAST, Kind.UDP),
          row(Option.SO_LINGER, Kind.TCP).initially(-1).sets(5, 5),
          row(Option.SO_SNDTIMEO, Kind.TCP)
              .initially(Duration.ZERO)
              .sets(Duration.ofMillis(1500), 1, 500_000),
          row(Option.SO_RCVTIMEO, Kind.UNIX)
              .initially(Duration.ZERO)
              .sets(Duration.ofMillis(1500), 1, 500_000),
          flag(Option.SO_DONTROUTE, Kind.UDP),
          row(Option.SO_BINDTODEVICE, Kind.UDP).initially("").sets("lo", "lo"),
          row(Option.SO_ERROR, Kind.UDP).initially(0),
          flag(Option.SO_OOBINLINE, Kind.TCP),
          row(Option.SO_MARK, Kind.UDP).initially(0).privileged(77),
          row(Option.SO_PEERCRED, Kind.PAIR).initially(ourselves()),
          flag(Option.SO_PASSCRED, Kind.UNIX),
          flag(Option.SO_TIMESTAMP, Kind.UDP),
          flag(Option.SO_TIMESTAMPNS, Kind.UDP),
          row(Option.SO_TIMESTAMPING, Kind.UDP)
              .initially(Timestamping.NONE)
              .sets(RECEIVED, RECEIVED),
          flag(Option.SO_RXQ_OVFL, Kind.UDP),
          flag(Option.SO_RCVMARK, Kind.UDP),
          row(Option.SO_TXTIME, Kind.UDP)
              .initially(new TransmitTimes(TransmitTimes.Clock.REALTIME, false, false))
              .sets(LATEST, LATEST)
              .privileged(TransmitTimes.of(TransmitTimes.Clock.TAI)),
          flag(Option.SO_ZEROCOPY, Kind.UDP),
          row(Option.SO_PEERPIDFD, Kind.PIDFD).initially(OptionsTest::closes),
          row(Option.SO_INCOMING_CPU, Kind.TCP).initially(-1).sets(0, 0),
          row(Option.SO_INCOMING_NAPI_ID, Kind.TCP).initially(0),
          row(Option.SO_BUSY_POLL, Kind.TCP).initially(n -> n >= 0).sets(0, 0),
          row(Option.SO_DOMAIN, Kind.TCP6).initially(Domain.INET6),
          row(Option.SO_TYPE, Kind.UDP).initially(Type.DGRAM),
          row(Option.SO_PROTOCOL, Kind.TCP).initially(Protocol.TCP),
          row(Option.SO_ACCEPTCONN, Kind.LISTENER).initially(true),
          row(Option.SO_COOKIE, Kind.UNIX).initially(n -> n != 0),
          row(Option.SO_RCVLOWAT, Kind.TCP).initially(1).sets(100, 100),
          row(Option.SO_MAX_PACING_RATE, Kind.TCP).initially(-1L).sets(1L << 40, 1L << 40),
          row(Option.SO_BINDTOIFINDEX, Kind.UDP).initially(0).sets(LOOPBACK, LOOPBACK),
          row(Option.SO_ATTACH_FILTER, Kind.UDP)
              .settable(Filter.parse("1,6 0 0 262144"), "1\n6 0 0 262144\n"),
          row(Option.SO_DETACH_FILTER, Kind.UDP)
              .settable(true, 1)
              .before(s -> s.setopt(Option.SO_ATTACH_FILTER, Filter.parse("1,6 0 0 262144"))),
          flag(Option.SO_LOCK_FILTER, Kind.UDP),
          tcp(flag(Option.TCP_CORK, Kind.TCP)),
          tcp(flag(Option.TCP_NODELAY, Kind.TCP6)),
          tcp(row(Option.TCP_MAXSEG, Kind.TCP).initially(n -> n > 0).sets(1000, 1000)),
          tcp(row(Option.TCP_KEEPIDLE, Kind.TCP).initially(n -> n > 0).sets(61, 61)),
          tcp(row(Option.TCP_KEEPINTVL, Kind.TCP).initially(n -> n > 0).sets(11, 11)),
          tcp(row(Option.TCP_KEEPCNT, Kind.TCP).initially(n -> n > 0).sets(4, 4)),
          tcp(row(Option.TCP_SYNCNT, Kind.TCP).initially(n -> n > 0).sets(2, 2)),
          tcp(row(Option.TCP_LINGER2, Kind.TCP).initially(n -> n > 0).sets(10, 10)),
          tcp(
              row(Option.TCP_DEFER_ACCEPT, Kind.LISTENER)
                  .initially(0)
                  .settable(5, 5)
                  .reads(n -> n >= 5 && n < 10)),
          tcp(row(Option.TCP_WINDOW_CLAMP, Kind.TCP).initially(0).sets(65536, 65536)),
          tcp(row(Option.TCP_QUICKACK, Kind.TCP).initially(true).sets(false, 0)),
          tcp(
              row(Option.TCP_CONGESTION, Kind.TCP)
                  .initially(s -> s.matches("[a-z_0-9]+"))
                  .sets("reno", "reno")),
          tcp(
              row(Option.TCP_USER_TIMEOUT, Kind.TCP)
                  .initially(Duration.ZERO)
                  .sets(Duration.ofMillis(1234), 1234)),
          tcp(row(Option.TCP_FASTOPEN, Kind.LISTENER).initially(0).sets(5, 5)),
          tcp(flag(Option.TCP_FASTOPEN_CONNECT, Kind.TCP)),
          tcp(row(Option.TCP_NOTSENT_LOWAT, Kind.TCP).initially(n -> true).sets(16384, 16384)),
          tcp(
              row(Option.TCP_INFO, Kind.LISTENER)
                  .initially(info -> info.state() == TcpInfo.State.LISTEN && info.sacked() == 1)),
          row(Option.UDP_SEGMENT, Kind.UDP).initially(0).sets(1000, 1000),
          row(Option.UDP_GRO, Kind.UDP).initially(false).sets(true, true),
          row(Option.MPTCP_INFO, Kind.MPTCP).initially(info -> info.length() >= 40),
          ip(row(Option.IP_TOS, Kind.UDP).initially(0).sets(0x10, 0x10)),
          ip(row(Option.IP_TTL, Kind.TCP).initially(n -> n > 0).sets(10, 10)),
          ip(row(Option.IP_MTU, Kind.CONNECTED).initially(n -> n >= 1280)),
          ip(row(Option.IP_MTU_DISCOVER, Kind.UDP).initially(n -> n >= 0).sets(2, 2)),
          flag(Option.IP_HDRINCL, Kind.RAW).not(Kind.UDP, null, Errno.ENOPROTOOPT),
          ip(flag(Option.IP_FREEBIND, Kind.TCP)),
          ip(row(Option.IP_TRANSPARENT, Kind.TCP).initially(false).privileged(true)),
          ip(flag(Option.IP_BIND_ADDRESS_NO_PORT, Kind.TCP)),
          ip(flag(Option.IP_RECVTTL, Kind.UDP)),
          ip(flag(Option.IP_RECVTOS, Kind.UDP)),
          ip(flag(Option.IP_PKTINFO, Kind.UDP)),
          ip(flag(Option.IP_RECVORIGDSTADDR, Kind.UDP)),
          ip(flag(Option.IP_RECVERR, Kind.UDP)),
          row(Option.IP_MULTICAST_TTL, Kind.UDP)
              .initially(1)
              .sets(5, 5)
              .not(Kind.TCP, null, Errno.EINVAL),
          ip(row(Option.IP_MULTICAST_LOOP, Kind.UDP).initially(true).sets(false, 0)),
          ip(
              row(Option.IP_MULTICAST_IF, Kind.UDP)
                  .initially(Interface.ANY)
                  .sets(VIA_LOOPBACK_ADDRESS, "0.0.0.0", "127.0.0.1")),
          ip(row(Option.IP_MULTICAST_ALL, Kind.UDP).initially(true).sets(false, 0)),
          ip(row(Option.IP_ADD_MEMBERSHIP, Kind.UDP).settable(GROUP, GROUP_SPELLED)),
          ip(
              row(Option.IP_DROP_MEMBERSHIP, Kind.UDP)
                  .settable(GROUP, GROUP_SPELLED)
                  .before(s -> s.setopt(Option.IP_ADD_MEMBERSHIP, GROUP))),
          ip(row(Option.IP_ADD_SOURCE_MEMBERSHIP, Kind.UDP).settable(SOURCE, SOURCE_SPELLED)),
          ip(
              row(Option.IP_DROP_SOURCE_MEMBERSHIP, Kind.UDP)
                  .settable(SOURCE, SOURCE_SPELLED)
                  .before(s -> s.setopt(Option.IP_ADD_SOURCE_MEMBERSHIP, SOURCE))),
          ip(
              row(Option.IP_BLOCK_SOURCE, Kind.UDP)
                  .settable(SOURCE, SOURCE_SPELLED)
                  .before(s -> s.setopt(Option.IP_ADD_MEMBERSHIP, group(SOURCE)))),
          ip(
              row(Option.IP_UNBLOCK_SOURCE, Kind.UDP)
                  .settable(SOURCE, SOURCE_SPELLED)
                  .before(s ->
                      s.setopt(Option.IP_ADD_MEMBERSHIP, group(SOURCE))
                          .setopt(Option.IP_BLOCK_SOURCE, SOURCE))),
          row(Option.IPV6_MTU, Kind.CONNECTED6)
              .initially(n -> n >= 1280)
              .settable(1400, 1400)
              .reads(n -> n >= 1280)
              .not(Kind.UDP, Errno.EOPNOTSUPP, Errno.ENOPROTOOPT),
          ipv6(flag(Option.IPV6_V6ONLY, Kind.TCP6)),
          ipv6(row(Option.IPV6_TCLASS, Kind.UDP6).initially(0).sets(0x20, 0x20)),
          ipv6(row(Option.IPV6_UNICAST_HOPS, Kind.TCP6).initially(n -> n > 0).sets(10, 10)),
          ipv6(row(Option.IPV6_MTU_DISCOVER, Kind.UDP6).initially(n -> n >= 0).sets(2, 2)),
          ipv6(row(Option.IPV6_MULTICAST_HOPS, Kind.UDP6).initially(1).sets(5, 5)),
          ipv6(row(Option.IPV6_MULTICAST_LOOP, Kind.UDP6).initially(true).sets(false, 0)),
          ipv6(
              row(Option.IPV6_MULTICAST_IF, Kind.UDP6)
                  .initially(Interface.ANY)
                  .sets(VIA_LOOPBACK, "lo")),
          ipv6(row(Option.IPV6_MULTICAST_ALL, Kind.UDP6).initially(true).sets(false, 0)),
          ipv6(row(Option.IPV6_ADD_MEMBERSHIP, Kind.UDP6).settable(GROUP6, GROUP6_SPELLED)),
          ipv6(
              row(Option.IPV6_DROP_MEMBERSHIP, Kind.UDP6)
                  .settable(GROUP6, GROUP6_SPELLED)
                  .before(s -> s.setopt(Option.IPV6_ADD_MEMBERSHIP, GROUP6))),
          ipv6(flag(Option.IPV6_FREEBIND, Kind.TCP6)),
          ipv6(row(Option.IPV6_TRANSPARENT, Kind.TCP6).initially(false).privileged(true)),
          ipv6(flag(Option.IPV6_RECVHOPLIMIT, Kind.UDP6)),
          ipv6(flag(Option.IPV6_RECVTCLASS, Kind.UDP6)),
          ipv6(flag(Option.IPV6_RECVPKTINFO, Kind.UDP6)),
          ipv6(flag(Option.IPV6_RECVORIGDSTADDR, Kind.UDP6)),
          ipv6(flag(Option.IPV6_RECVERR, Kind.UDP6)),
          ipv6(row(Option.MCAST_JOIN_SOURCE_GROUP, Kind.UDP6).settable(SOURCE6, SOURCE6_SPELLED)),
          ipv6(
              row(Option.MCAST_LEAVE_SOURCE_GROUP, Kind.UDP6)
                  .settable(SOURCE6, SOURCE6_SPELLED)
                  .before(s -> s.setopt(Option.MCAST_JOIN_SOURCE_GROUP, SOURCE6))),
          ipv6(
              row(Option.MCAST_BLOCK_SOURCE, Kind.UDP6)
                  .settable(SOURCE6, SOURCE6_SPELLED)
                  .before(s -> s.setopt(Option.IPV6_ADD_MEMBERSHIP, group(SOURCE6)))),
          ipv6(
              row(Option.MCAST_UNBLOCK_SOURCE, Kind.UDP6)
                  .settable(SOURCE6, SOURCE6_SPELLED)
                  .before(s ->
                      s.setopt(Option.IPV6_ADD_MEMBERSHIP, group(SOURCE6))
                          .setopt(Option.MCAST_BLOCK_SOURCE, SOURCE6))),
          ipv6(flag(Option.IPV6_HDRINCL, Kind.RAW6)),
          ipv6(row(Option.IPV6_CHECKSUM, Kind.RAW6).initially(-1).sets(6, 6)),
          elsewhere(
              row(Option.ICMP_FILTER, Kind.RAW_ICMP)
                  .initially(IcmpFilter.blocking())
                  .settable(IcmpFilter.passing(0, 3), IcmpFilter.passing(0, 3))
                  .reads(f -> f.passes(0) && f.passes(3) && !f.passes(8))),
          elsewhere(
              row(Option.ICMPV6_FILTER, Kind.RAW_ICMP6)
                  .initially(IcmpFilter.blocking())
                  .sets(IcmpFilter.passing(129, 1), IcmpFilter.passing(1, 129))),
          elsewhere(
              row(Option.PACKET_ADD_MEMBERSHIP, Kind.PACKET)
                  .settable(PacketMembership.allMulticast(VIA_LOOPBACK), "allmulti", "lo")),
          elsewhere(
              row(Option.PACKET_DROP_MEMBERSHIP, Kind.PACKET)
                  .settable(PacketMembership.allMulticast(VIA_LOOPBACK), "allmulti", LOOPBACK)
                  .before(s ->
                      s.setopt(
                          Option.PACKET_ADD_MEMBERSHIP,
                          PacketMembership.allMulticast(VIA_LOOPBACK)))),
          elsewhere(row(Option.PACKET_RX_RING, Kind.PACKET).settable(RING, RING)),
          elsewhere(row(Option.PACKET_TX_RING, Kind.PACKET).settable(RING, RING)),
          elsewhere(
              row(Option.PACKET_STATISTICS, Kind.PACKET).initially(new PacketStatistics(0, 0, 0))),
          elsewhere(flag(Option.PACKET_AUXDATA, Kind.PACKET)),
          elsewhere(flag(Option.PACKET_ORIGDEV, Kind.PACKET)),
          elsewhere(row(Option.PACKET_VERSION, Kind.PACKET).initially(0).sets(2, 2)),
          elsewhere(row(Option.PACKET_RESERVE, Kind.PACKET).initially(0).sets(16, 16)),
          elsewhere(flag(Option.PACKET_LOSS, Kind.PACKET)),
          elsewhere(row(Option.PACKET_TIMESTAMP, Kind.PACKET).initially(0).sets(64, 64)),
          elsewhere(
              row(Option.PACKET_FANOUT, Kind.PACKET)
                  .before(s -> s.bind(Address.Packet.of(VIA_LOOPBACK, 0x88B5)))
                  .initially(new Fanout(0, 0))
                  .settable(
                      new Fanout(0, Fanout.ROUND_ROBIN | Fanout.FLAG_UNIQUE),
                      0,
                      Fanout.ROUND_ROBIN | Fanout.FLAG_UNIQUE)
                  .reads(f -> f.mode() == Fanout.ROUND_ROBIN)),
          elsewhere(flag(Option.PACKET_QDISC_BYPASS, Kind.PACKET)),
          elsewhere(flag(Option.PACKET_IGNORE_OUTGOING, Kind.PACKET)));

  private static <T> Row<T> row(Option<T> option, Kind kind) {
    return new Row<>(option, kind);
  }

  /** A flag that is off, and can be set. */
  private static Row<Boolean> flag(Option<Boolean> option, Kind kind) {
    return row(option, kind).initially(false).sets(true, 1);
  }

  private static <T> Row<T> tcp(Row<T> row) {
    return elsewhere(row);
  }

  /** A row of a level that IPv4's datagrams don't know. */
  private static <T> Row<T> elsewhere(Row<T> row) {
    return row.not(Kind.UDP, Errno.EOPNOTSUPP, Errno.ENOPROTOOPT);
  }

  private static <T> Row<T> ip(Row<T> row) {
    return row.not(Kind.UNIX, Errno.EOPNOTSUPP, Errno.EOPNOTSUPP);
  }

  private static <T> Row<T> ipv6(Row<T> row) {
    return elsewhere(row);
  }

  private static Membership group(SourceMembership source) {
    return new Membership(source.group(), source.via());
  }

  private static int loopback() {
    try {
      return NetworkInterface.getByName("lo").getIndex();
    } catch (SocketException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Credentials ourselves() {
    try {
      Path self = Path.of("/proc/self");
      return new Credentials(
          (int) ProcessHandle.current().pid(),
          (int) Files.getAttribute(self, "unix:uid"),
          (int) Files.getAttribute(self, "unix:gid"));
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Stream<Row<?>> readable() {
    return ROWS.stream().filter(Row::isReadable);
  }

  private static Stream<Row<?>> settable() {
    return ROWS.stream().filter(Row::isSettable);
  }

  private static Stream<Row<?>> settableByAll() {
    return ROWS.stream().filter(row -> row.value != null);
  }

  private static Stream<Row<?>> privileged() {
    return ROWS.stream().filter(row -> row.privileged != null);
  }

  private static Stream<Row<?>> misplaceable() {
    return ROWS.stream().filter(row -> row.wrong != null);
  }

  private static Stream<Row<?>> oneWay() {
    return ROWS.stream().filter(row -> row.option.access() != Option.Access.BOTH);
  }

  /** None is forgotten: what can be read has a value, what can be set has one too. */
  @Test
  void everyOptionHasARow() {
    assertEquals(Option.all(), ROWS.stream().map(row -> row.option).toList());
    for (Row<?> row : ROWS) {
      assertEquals(row.isReadable(), row.initially != null, row::toString);
      assertEquals(row.isSettable(), row.value != null || row.privileged != null, row::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("readable")
  <T> void readsWhatTheKernelHas(Row<T> row) throws IOException {
    try (Socket socket = row.socket()) {
      row.check(row.initially, socket);
    }
  }

  @ParameterizedTest
  @MethodSource("settableByAll")
  <T> void setsAndReadsBack(Row<T> row) throws IOException {
    Option<T> option = row.option;
    try (Socket typed = row.socket();
        Socket named = row.socket()) {
      typed.setopt(option, row.value);
      named.setopt(option.level(), option.nixioName(), row.spelled);
      if (row.isReadable()) {
        row.check(row.after, typed);
        row.check(row.after, named);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("misplaceable")
  <T> void wrongSocketIsRefused(Row<T> row) throws IOException {
    Option<T> option = row.option;
    T value = row.value != null ? row.value : row.privileged;
    try (Socket socket = row.wrong.open()) {
      if (row.isReadable() && row.refusedGet != null) {
        refused("getsockopt " + option, row.refusedGet, () -> socket.getopt(option));
        refused(
            "getsockopt " + option,
            row.refusedGet,
            () -> socket.getopt(option.level(), option.nixioName()));
      }
      if (row.isSettable()) {
        refused("setsockopt " + option, row.refusedSet, () -> socket.setopt(option, value));
      }
    }
  }

  private static NixioException refused(String operation, Errno errno, Executable call) {
    NixioException e = assertThrows(NixioException.class, call);
    assertEquals(errno, e.errno(), e::toString);
    assertEquals(operation, e.operation());
    return e;
  }

  @ParameterizedTest
  @MethodSource("oneWay")
  <T> void accessIsKept(Row<T> row) throws IOException {
    Option<T> option = row.option;
    T value = row.value;
    try (Socket socket = row.socket()) {
      if (!row.isReadable()) {
        says(option + " can be set, but not read", () -> socket.getopt(option));
        says(
            option + " can be set, but not read",
            () -> socket.getopt(option.level(), option.nixioName()));
      }
      if (!row.isSettable()) {
        T read = socket.getopt(option);
        says(option + " can be read, but not set", () -> socket.setopt(option, read));
        says(
            option + " can be read, but not set",
            () -> socket.setopt(option.level(), option.nixioName(), value));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settable")
  <T> void wrongValueIsRefused(Row<T> row) throws IOException {
    Option<T> option = row.option;
    try (Socket socket = row.socket()) {
      List<Object[]> wrongs =
          List.of(
              new Object[0],
              new Object[] {null},
              new Object[] {new Object()},
              new Object[] {"1", "2", "3", "4"});
      for (Object[] wrong : wrongs) {
        says(option.name() + ": ", () -> socket.setopt(option.level(), option.nixioName(), wrong));
      }
      says(option.name() + ": ", () -> setUnchecked(socket, option, new Object()));
      NullPointerException e =
          assertThrows(NullPointerException.class, () -> socket.setopt(option, null));
      assertEquals("value of " + option, e.getMessage());
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // what a raw type lets through
  private static void setUnchecked(Socket socket, Option option, Object value) throws IOException {
    socket.setopt(option, value);
  }

  private static void says(String text, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(text), message);
  }

  @ParameterizedTest
  @MethodSource("privileged")
  <T> void rightIsNamed(Row<T> row) throws IOException {
    try (Socket socket = row.socket()) {
      demandsRight(row.option, () -> socket.setopt(row.option, row.privileged));
      if (row.isReadable() && isHeld(row.option)) {
        assertEquals(row.privileged, socket.getopt(row.option));
      }
    }
  }

  private static boolean isHeld(Option<?> option) {
    return Capability.valueOf(option.right()).isHeld();
  }

  /** Works for those who have the option's right; others are told which they lack. */
  private static void demandsRight(Option<?> option, Executable call) {
    if (isHeld(option)) {
      assertDoesNotThrow(call);
    } else {
      NixioException e = refused("setsockopt " + option, Errno.EPERM, call);
      assertTrue(e.getMessage().contains("; needs " + option.right()), e::getMessage);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBufferBeyondTheLimitIsForced(Force force) throws IOException {
    assumeTrue(isHeld(force.forced), force.forced + " needs CAP_NET_ADMIN here");
    int limit = Integer.parseInt(Forked.sysctl(force.limit));
    try (Socket socket = Kind.UDP.open()) {
      socket.setopt(force.plain, limit * 2);
      assertEquals(limit * 2, socket.getopt(force.plain));
      socket.setopt(force.forced, limit * 2);
      assertEquals(limit * 4, socket.getopt(force.plain));
    }
  }

  enum Force {
    SEND(Option.SO_SNDBUFFORCE, Option.SO_SNDBUF, "net.core.wmem_max"),
    RECEIVE(Option.SO_RCVBUFFORCE, Option.SO_RCVBUF, "net.core.rmem_max");

    private final Option<Integer> forced;
    private final Option<Integer> plain;
    private final String limit;

    Force(Option<Integer> forced, Option<Integer> plain, String limit) {
      this.forced = forced;
      this.plain = plain;
      this.limit = limit;
    }
  }

  @Test
  void anotherDeviceNeedsTheRight() throws IOException {
    try (Socket socket = Kind.UDP.open()) {
      socket.setopt(Option.SO_BINDTODEVICE, "lo");
      demandsRight(Option.SO_BINDTODEVICE, () -> socket.setopt(Option.SO_BINDTODEVICE, ""));
      demandsRight(Option.SO_BINDTOIFINDEX, () -> socket.setopt(Option.SO_BINDTOIFINDEX, 0));
      assertEquals(
          isHeld(Option.SO_BINDTODEVICE) ? "" : "lo", socket.getopt(Option.SO_BINDTODEVICE));
    }
  }

  /** Kernels differ in whether more than nothing needs it. */
  @Test
  void busyPollMayNeedTheRight() throws IOException {
    try (Socket socket = Kind.TCP.open()) {
      try {
        socket.setopt(Option.SO_BUSY_POLL, 50);
      } catch (NixioException e) {
        demandsRight(Option.SO_BUSY_POLL, () -> socket.setopt(Option.SO_BUSY_POLL, 50));
        return;
      }
      assertEquals(50, socket.getopt("socket", "busy_poll"));
    }
  }

  @Test
  void restrictedCongestionControlNeedsTheRight() throws IOException {
    Set<String> names = congestionControls("available");
    names.removeAll(congestionControls("allowed"));
    assumeTrue(!names.isEmpty(), "each congestion control of this kernel is allowed to everybody");
    String restricted = names.iterator().next();
    try (Socket socket = Kind.TCP.open()) {
      demandsRight(Option.TCP_CONGESTION, () -> socket.setopt(Option.TCP_CONGESTION, restricted));
    }
  }

  private static Set<String> congestionControls(String which) throws IOException {
    String names = Forked.sysctl("net.ipv4.tcp_" + which + "_congestion_control");
    return new HashSet<>(Arrays.asList(names.split(" ")));
  }

  // Values

  @Test
  void errorIsReadOnce() throws IOException {
    try (Socket socket = Kind.UDP.open();
        Arena arena = Arena.ofConfined()) {
      Address nobody;
      try (Socket gone = Kind.CONNECTED.open()) {
        nobody = gone.getsockname();
      }
      socket.connect(nobody);
      socket.send(arena.allocate(1));
      Poll poll = new Poll().add(socket, Poll.IN);
      assertEquals(1, poll.poll(Duration.ofSeconds(30)));
      assertEquals(Errno.ECONNREFUSED.number(), socket.getopt(Option.SO_ERROR));
      assertEquals(0, socket.getopt("socket", "error"));
    }
  }

  @Test
  void noOtherSocketHasTheCookie() throws IOException {
    try (Socket one = Kind.TCP.open();
        Socket other = Kind.TCP.open()) {
      assertNotEquals(one.getopt(Option.SO_COOKIE), other.getopt(Option.SO_COOKIE));
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, -1", "-7, -1", "0, 0", "7, 7"})
  void lingersSecondsOrNotAtAll(int seconds, int read) throws IOException {
    try (Socket socket = Kind.TCP.open()) {
      socket.setopt(Option.SO_LINGER, 3).setopt(Option.SO_LINGER, seconds);
      assertEquals(read, socket.getopt(Option.SO_LINGER));
    }
  }

  @Test
  void timeoutsAreRoundedUp() throws IOException {
    try (Socket socket = Kind.TCP.open()) {
      socket.setopt(Option.SO_RCVTIMEO, Duration.ofNanos(1));
      assertTrue(socket.getopt(Option.SO_RCVTIMEO).toNanos() > 0);
      socket.setopt("socket", "rcvtimeo", 0);
      assertEquals(Duration.ZERO, socket.getopt(Option.SO_RCVTIMEO));
      socket.setopt(Option.TCP_USER_TIMEOUT, Duration.ofNanos(1));
      assertEquals(Duration.ofMillis(1), socket.getopt(Option.TCP_USER_TIMEOUT));
    }
  }

  @Test
  void interfaceHasANameAnIndexOrAnAddress() throws IOException {
    NetworkInterface lo = NetworkInterface.getByIndex(LOOPBACK);
    try (Socket four = Kind.UDP.open();
        Socket six = Kind.UDP6.open()) {
      for (Object via : List.of("127.0.0.1", "lo", LOOPBACK, lo, VIA_LOOPBACK_ADDRESS)) {
        four.setopt("ip", "multicast_if", "0.0.0.0").setopt("ip", "multicast_if", via);
        assertEquals(VIA_LOOPBACK_ADDRESS, four.getopt(Option.IP_MULTICAST_IF), via::toString);
      }
      for (Object via : List.of("lo", LOOPBACK, lo, VIA_LOOPBACK)) {
        six.setopt("ipv6", "multicast_if", 0).setopt("ipv6", "multicast_if", via);
        assertEquals(VIA_LOOPBACK, six.getopt(Option.IPV6_MULTICAST_IF), via::toString);
      }
    }
  }

  /** Each is refused before the kernel is asked, with the value. */
  private static Stream<Arguments> wrongValues() {
    return Stream.of(
        arguments("socket", "rcvbuf", 1L << 31, "2147483648 is not in -2147483648..2147483647"),
        arguments("socket", "rcvbuf", 8192.5, "8192.5"),
        arguments("socket", "rcvbuf", Double.NaN, "NaN"),
        arguments("socket", "rcvbuf", new BigDecimal("8192.5"), "8192.5"),
        arguments("socket", "max_pacing_rate", BigInteger.TWO.pow(64), "18446744073709551616"),
        arguments("socket", "max_pacing_rate", Math.pow(2, 63), "9.22"),
        arguments("socket", "rcvbuf", "8192", "[8192] is no value: one Integer is"),
        arguments("socket", "keepalive", "true", "[true] is no value: one Boolean is"),
        arguments("socket", "bindtodevice", "sixteen-bytes-on", "\"sixteen-bytes-on\""),
        arguments("socket", "bindtodevice", "l\0o", "\"l\\0o\""),
        arguments("socket", "rcvtimeo", Duration.ofMillis(-1), "PT-0.001S is negative"),
        arguments("socket", "rcvtimeo", -1, "PT-1S is negative"),
        arguments("tcp", "user_timeout", -1, "PT-0.001S is negative"),
        arguments("ip", "add_membership", "group", "\"group\""),
        arguments("ip", "add_membership", "ff01::1", "ff01:0:0:0:0:0:0:1 is not an IPv4 address"),
        arguments("ipv6", "add_membership", "239.1.2.3", "239.1.2.3 is not an IPv6 address"),
        arguments("ip", "multicast_if", "no-such-if", "no interface is named \"no-such-if\""),
        arguments("ip", "multicast_if", -1, "index -1 is negative"),
        arguments("ipv6", "multicast_if", "127.0.0.1", "not by IPv4 address"));
  }

  @ParameterizedTest
  @MethodSource
  void wrongValues(String level, String name, Object value, String text) throws IOException {
    try (Socket socket = Kind.TCP.open()) {
      says(text, () -> socket.setopt(level, name, value));
      says(Option.of(level, name) + ": ", () -> socket.setopt(level, name, value));
    }
  }

  @Test
  void microsecondsAreLessThanASecond() throws IOException {
    try (Socket socket = Kind.TCP.open()) {
      says("1000000 microseconds", () -> socket.setopt("socket", "rcvtimeo", 1, 1_000_000));
      says("-1 microseconds", () -> socket.setopt("socket", "rcvtimeo", 1, -1));
    }
  }

  @Test
  void wrongNameIsAnsweredWithTheRightOnes() throws IOException {
    try (Socket socket = Kind.TCP.open()) {
      says(
          "\"sctp\": supported are socket, tcp, udp, mptcp, ip, ipv6, raw, icmpv6, packet",
          () -> socket.getopt("sctp", "cork"));
      says("\"SOCKET\": ", () -> socket.setopt("SOCKET", "rcvbuf", 1));
      for (String level : List.of("socket", "tcp", "ip", "ipv6", "raw", "icmpv6", "packet")) {
        String names =
            Option.all().stream()
                .filter(option -> option.level().equals(level))
                .map(Option::nixioName)
                .collect(Collectors.joining(", "));
        says("\"none\": supported are " + names, () -> socket.getopt(level, "none"));
        says("\"none\": supported are " + names, () -> socket.setopt(level, "none", 1));
      }
    }
  }

  @Test
  void closedSocketHasNoOptions() throws IOException {
    Socket socket = Kind.TCP.open();
    socket.close();
    for (Executable call :
        List.<Executable>of(
            () -> socket.getopt(Option.TCP_NODELAY),
            () -> socket.getopt("tcp", "nodelay"),
            () -> socket.getopt(StandardSocketOptions.TCP_NODELAY))) {
      refused("getsockopt TCP_NODELAY", Errno.EBADF, call);
    }
    for (Executable call :
        List.<Executable>of(
            () -> socket.setopt(Option.TCP_NODELAY, true),
            () -> socket.setopt("tcp", "nodelay", 1),
            () -> socket.setopt(StandardSocketOptions.TCP_NODELAY, true))) {
      refused("setsockopt TCP_NODELAY", Errno.EBADF, call);
    }
  }

  // Any other option

  /** The first byte of a struct tcp_info. */
  private static final class State implements Codec<Byte> {
    @Override
    public Class<Byte> type() {
      return Byte.class;
    }

    @Override
    public int size() {
      return 8;
    }

    @Override
    public Byte read(MemorySegment value) {
      return value.get(ValueLayout.JAVA_BYTE, 0);
    }

    @Override
    public int write(Byte value, MemorySegment into) {
      throw new IllegalArgumentException("not to be had");
    }
  }

  @Test
  void anyOtherOptionHasACodecOfItsOwn() throws IOException {
    Option<Byte> state = Option.of(6, 11, new State());
    try (Socket socket = Kind.TCP.open()) {
      assertEquals((byte) 7, socket.getopt(state)); // TCP_CLOSE
      socket.bind("127.0.0.1", 0).listen(1);
      assertEquals((byte) 10, socket.getopt(state)); // TCP_LISTEN
      says(state.name() + ": not to be had", () -> socket.setopt(state, (byte) 1));
      assertEquals("option 11 of level 6", state.name());
    }
    try (Socket socket = Kind.UNIX.open()) {
      refused("getsockopt option 11 of level 6", Errno.EOPNOTSUPP, () -> socket.getopt(state));
    }
  }

  @Test
  void codecsOfTheRowsServeAnyOther() throws IOException {
    try (Socket socket = Kind.TCP.open()) {
      Option<Integer> priority = Option.of(1, 12, Codecs.INT);
      assertEquals(5, socket.setopt(priority, 5).getopt(Option.SO_PRIORITY));
      assertEquals(5, socket.getopt(priority));
      Option<Boolean> alive = Option.of(1, 9, Codecs.FLAG);
      assertEquals(true, socket.setopt(alive, true).getopt(Option.SO_KEEPALIVE));
      Option<Credentials> peer = Option.of(1, 17, Codecs.CREDENTIALS);
      says(peer.name() + ": ", () -> socket.setopt(peer, new Credentials(1, 1, 1)));
      refused(
          "getsockopt option 9999 of level 1",
          Errno.ENOPROTOOPT,
          () -> socket.getopt(Option.of(1, 9999, Codecs.INT)));
    }
  }
}
