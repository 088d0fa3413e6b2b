package nixio;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import nixio.posix.Constants;
import nixio.posix.Structs;
import nixio.posix.TcpFields;

/** The codecs of the kernel's options. */
public final class Codecs {
  /** An int that is a flag. Also takes numbers, of which 0 is false. */
  public static final Codec<Boolean> FLAG =
      new Row<>(
          Boolean.class,
          Integer.BYTES,
          value -> value.get(ValueLayout.JAVA_INT, 0) != 0,
          (value, into) -> putInt(into, value ? 1 : 0),
          values -> one(values) instanceof Number n ? n.longValue() != 0 : null);

  /** An int. Also takes other numbers without a fraction that fit. */
  public static final Codec<Integer> INT =
      new Row<>(
          Integer.class,
          Integer.BYTES,
          value -> value.get(ValueLayout.JAVA_INT, 0),
          (value, into) -> putInt(into, value),
          values -> one(values) instanceof Number n ? exactInt(n) : null);

  /** A long. Also takes other numbers without a fraction. */
  public static final Codec<Long> LONG =
      new Row<>(
          Long.class,
          Long.BYTES,
          value -> value.get(ValueLayout.JAVA_LONG, 0),
          (value, into) -> {
            into.set(ValueLayout.JAVA_LONG, 0, value);
            return Long.BYTES;
          },
          values -> one(values) instanceof Number n ? (Long) exactLong(n) : null);

  /** Text of at most 15 bytes: the name of an interface or of a congestion control. */
  public static final Codec<String> NAME =
      new Row<>(String.class, 16, Codecs::text, Codecs::putText, values -> null);

  /** A struct timeval. Zero is none; less than a microsecond is rounded up. Takes (sec, usec). */
  public static final Codec<Duration> TIMEVAL =
      new Row<>(
          Duration.class,
          Structs.TIMEVAL,
          value -> Duration.ofSeconds(Structs.seconds(value), Structs.microseconds(value) * 1000),
          Codecs::putTimeval,
          Codecs::parseTimeval);

  /** An int of milliseconds. Less than one is rounded up. Takes a number of milliseconds. */
  public static final Codec<Duration> MILLIS =
      new Row<>(
          Duration.class,
          Integer.BYTES,
          value -> Duration.ofMillis(value.get(ValueLayout.JAVA_INT, 0)),
          (value, into) -> putInt(into, millis(value)),
          values -> one(values) instanceof Number n ? Duration.ofMillis(exactInt(n)) : null);

  /** A struct linger: seconds, negative for off. */
  public static final Codec<Integer> LINGER =
      new Row<>(
          Integer.class,
          Structs.LINGER,
          value -> Structs.lingers(value) ? Structs.lingerSeconds(value) : -1,
          (value, into) -> Structs.putLinger(into, value >= 0, Math.max(0, value)),
          values -> one(values) instanceof Number n ? exactInt(n) : null);

  /** A struct ucred. */
  public static final Codec<Credentials> CREDENTIALS =
      new Row<>(
          Credentials.class,
          Structs.UCRED,
          value -> new Credentials(Structs.pid(value), Structs.uid(value), Structs.gid(value)),
          null,
          values -> null);

  /** A struct tcp_info, of the length that the kernel gives. */
  static final Codec<TcpInfo> TCP_INFO =
      new Row<>(TcpInfo.class, TcpFields.TCP_INFO, TcpInfo::read, null, values -> null);

  /** A struct mptcp_info, of the length that the kernel gives. */
  static final Codec<MptcpInfo> MPTCP_INFO =
      new Row<>(MptcpInfo.class, TcpFields.MPTCP_INFO, MptcpInfo::read, null, values -> null);

  /** An int of flags. Also takes their number. */
  static final Codec<Timestamping> TIMESTAMPING =
      number(Timestamping.class, Timestamping::of, Timestamping::bits);

  /** A struct sock_txtime. */
  static final Codec<TransmitTimes> TRANSMIT_TIMES =
      new Row<>(
          TransmitTimes.class,
          Structs.SOCK_TXTIME,
          value -> TransmitTimes.of(Structs.clock(value), Structs.txtimeFlags(value)),
          (value, into) -> Structs.putSockTxtime(into, value.clock().number(), value.flags()),
          values -> null);

  /** An int that is a domain. */
  public static final Codec<Domain> DOMAIN = number(Domain.class, Domain::of, Domain::number);

  /** An int that is a type. */
  public static final Codec<Type> TYPE = number(Type.class, Type::of, Type::number);

  /** An int that is a protocol. */
  public static final Codec<Protocol> PROTOCOL =
      number(Protocol.class, Protocol::of, Protocol::number);

  /** A struct ip_mreqn without a group; reads back an address. */
  static final Codec<Interface> INTERFACE =
      new Row<>(
          Interface.class,
          Structs.GROUP_SOURCE_REQ,
          value -> Interface.ofAddress(value.asSlice(0, 4).toArray(ValueLayout.JAVA_BYTE)),
          (value, into) -> Structs.putIpMreqn(into, null, Interfaces.inet(value), value.index()),
          values -> toInterface(values.length == 2 ? values[1] : one(values)));

  /** An int that is the index of an interface. */
  static final Codec<Interface> INTERFACE6 =
      new Row<>(
          Interface.class,
          Integer.BYTES,
          value -> Interface.of(value.get(ValueLayout.JAVA_INT, 0)),
          (value, into) -> putInt(into, index(value)),
          values -> toInterface(one(values)));

  /** A struct ip_mreqn. Takes (group, interface). */
  static final Codec<Membership> MEMBERSHIP =
      new Row<>(
          Membership.class,
          Structs.GROUP_SOURCE_REQ,
          null,
          (value, into) ->
              Structs.putIpMreqn(
                  into, bytes(value.group(), 4), value.via().bytes(), value.via().index()),
          values -> parseMembership(4, values));

  /** A struct ipv6_mreq. Takes (group, interface). */
  static final Codec<Membership> MEMBERSHIP6 =
      new Row<>(
          Membership.class,
          Structs.GROUP_SOURCE_REQ,
          null,
          (value, into) -> Structs.putIpv6Mreq(into, bytes(value.group(), 16), index(value.via())),
          values -> parseMembership(16, values));

  /** A struct ip_mreq_source. Takes (group, source, interface). */
  static final Codec<SourceMembership> SOURCE =
      new Row<>(
          SourceMembership.class,
          Structs.GROUP_SOURCE_REQ,
          null,
          (value, into) ->
              Structs.putIpMreqSource(
                  into,
                  bytes(value.group(), 4),
                  bytes(value.source(), 4),
                  Interfaces.inet(value.via())),
          values -> parseSource(4, values));

  /** A struct group_source_req, for IPv6. Takes (group, source, interface). */
  static final Codec<SourceMembership> SOURCE6 =
      new Row<>(
          SourceMembership.class,
          Structs.GROUP_SOURCE_REQ,
          null,
          (value, into) ->
              Structs.putGroupSourceReq(
                  into, bytes(value.group(), 16), bytes(value.source(), 16), index(value.via())),
          values -> parseSource(16, values));

  /** A struct packet_mreq. Takes ({@code promisc} or {@code allmulti}, interface). */
  static final Codec<PacketMembership> PACKET_MEMBERSHIP =
      new Row<>(
          PacketMembership.class,
          Structs.PACKET_MREQ,
          null,
          (value, into) ->
              Structs.putPacketMreq(into, value.via().index(), value.kind(), value.bytes()),
          Codecs::parsePacketMembership);

  /** An int of group and mode. Takes (group, mode). */
  static final Codec<Fanout> FANOUT =
      new Row<>(
          Fanout.class,
          Structs.FANOUT_ARGS,
          value -> new Fanout(Structs.fanoutGroup(value), Structs.fanoutMode(value)),
          (value, into) -> Structs.putFanout(into, value.group(), value.mode()),
          values ->
              values.length == 2
                      && values[0] instanceof Number group
                      && values[1] instanceof Number mode
                  ? new Fanout(exactInt(group), exactInt(mode))
                  : null);

  /** A struct tpacket_stats_v3. */
  static final Codec<PacketStatistics> PACKET_STATISTICS =
      new Row<>(
          PacketStatistics.class,
          Structs.TPACKET_STATS,
          value ->
              new PacketStatistics(
                  Structs.packets(value), Structs.drops(value), Structs.freezes(value)),
          null,
          values -> null);

  /** A struct tpacket_req3. */
  static final Codec<RingRequest> RING_REQUEST =
      new Row<>(
          RingRequest.class,
          Structs.TPACKET_REQ3,
          null,
          (value, into) ->
              Structs.putTpacketReq3(
                  into,
                  value.blockSize(),
                  value.blocks(),
                  value.frameSize(),
                  millis(value.retire())),
          values -> null);

  /** A struct sock_fprog and its program. Takes the text of tcpdump -ddd. */
  static final Codec<Filter> FILTER =
      new Row<>(
          Filter.class,
          Structs.SOCK_FPROG + Constants.BPF_MAXINSNS * Structs.SOCK_FILTER,
          null,
          Codecs::putFilter,
          values -> one(values) instanceof String text ? Filter.parse(text) : null);

  /** A struct icmp_filter. */
  static final Codec<IcmpFilter> ICMP_FILTER =
      new Row<>(
          IcmpFilter.class,
          Structs.ICMP_FILTER,
          value -> IcmpFilter.of(Structs.icmpFilter(value)),
          (value, into) -> Structs.putIcmpFilter(into, value.words()[0]),
          values -> null);

  /** A struct icmp6_filter. */
  static final Codec<IcmpFilter> ICMP6_FILTER =
      new Row<>(
          IcmpFilter.class,
          Structs.ICMP6_FILTER,
          value -> IcmpFilter.of(Structs.icmp6Filter(value)),
          (value, into) -> Structs.putIcmp6Filter(into, value.words()),
          values -> null);

  private Codecs() {}

  /** A codec as a row of functions; what is no value is parsed to null. */
  private record Row<T>(
      Class<T> type,
      int size,
      Function<MemorySegment, T> reader,
      Writer<T> writer,
      Function<Object[], T> parser)
      implements Codec<T> {
    @Override
    public T read(MemorySegment value) {
      return reader.apply(value);
    }

    @Override
    public int write(T value, MemorySegment into) {
      if (writer == null) {
        throw new IllegalArgumentException(type.getSimpleName() + " can be read, but not set");
      }
      return writer.write(value, into);
    }

    @Override
    public T parse(Object... values) {
      if (values.length == 1 && type.isInstance(values[0])) {
        return type.cast(values[0]);
      }
      T parsed = parser.apply(values);
      return parsed != null ? parsed : Codec.super.parse(values);
    }
  }

  @FunctionalInterface
  private interface Writer<T> {
    int write(T value, MemorySegment into);
  }

  private static <T> Codec<T> number(
      Class<T> type, Function<Integer, T> of, ToIntFunction<T> number) {
    return new Row<>(
        type,
        Integer.BYTES,
        value -> of.apply(value.get(ValueLayout.JAVA_INT, 0)),
        (value, into) -> putInt(into, number.applyAsInt(value)),
        values -> null);
  }

  private static Object one(Object[] values) {
    return values.length == 1 ? values[0] : null;
  }

  private static int putInt(MemorySegment into, int value) {
    into.set(ValueLayout.JAVA_INT, 0, value);
    return Integer.BYTES;
  }

  private static long exactLong(Number number) {
    try {
      return new BigDecimal(number.toString()).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(number + " is no whole number of 64 bits", e);
    }
  }

  private static int exactInt(Number number) {
    long value = exactLong(number);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          String.format("%d is not in %d..%d", value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return (int) value;
  }

  private static String text(MemorySegment value) {
    byte[] bytes = value.toArray(ValueLayout.JAVA_BYTE);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static int putText(String value, MemorySegment into) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= into.byteSize() || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          String.format(
              "\"%s\" is no name: it has at most %d bytes, and no NUL",
              value.replace("\0", "\\0"), into.byteSize() - 1));
    }
    MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return bytes.length;
  }

  private static int putTimeval(Duration value, MemorySegment into) {
    Duration rounded = notNegative(value).plusNanos(999);
    return Structs.putTimeval(into, rounded.getSeconds(), rounded.getNano() / 1000);
  }

  private static Duration notNegative(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(value + " is negative: zero is no time-out");
    }
    return value;
  }

  private static int millis(Duration value) {
    return exactInt(notNegative(value).plusNanos(999_999).toMillis());
  }

  private static int putFilter(Filter filter, MemorySegment into) {
    for (int i = 0; i < filter.instructions().size(); i++) {
      Filter.Instruction each = filter.instructions().get(i);
      Structs.putSockFilter(
          into, i, each.code(), each.whenTrue(), each.whenFalse(), each.operand());
    }
    return Structs.putSockFprog(into, filter.instructions().size());
  }

  private static PacketMembership parsePacketMembership(Object[] values) {
    if (values.length != 2 || !(values[0] instanceof String kind)) {
      return null;
    }
    Interface via = toInterface(values[1]);
    return via == null ? null : PacketMembership.named(kind, via);
  }

  private static Duration parseTimeval(Object[] values) {
    if (values.length < 1 || values.length > 2 || !(values[0] instanceof Number seconds)) {
      return null;
    }
    long micros = 0;
    if (values.length == 2) {
      if (!(values[1] instanceof Number number)) {
        return null;
      }
      micros = exactLong(number);
    }
    if (micros < 0 || micros > 999_999) {
      throw new IllegalArgumentException(micros + " microseconds are not in 0..999999");
    }
    return Duration.ofSeconds(exactLong(seconds), micros * 1000);
  }

  private static Interface toInterface(Object value) {
    try {
      return switch (value) {
        case Interface known -> known;
        case String name -> Interface.of(name);
        case InetAddress address -> Interface.of(address);
        case NetworkInterface network -> Interface.of(network);
        case Number index -> Interface.of(exactInt(index));
        case null, default -> null;
      };
    } catch (NixioException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Membership parseMembership(int size, Object[] values) {
    if (values.length < 1 || values.length > 2) {
      return null;
    }
    InetAddress group = toAddress("group", size, values[0]);
    Interface via = values.length == 1 ? Interface.ANY : toInterface(values[1]);
    return group == null || via == null ? null : new Membership(group, via);
  }

  private static SourceMembership parseSource(int size, Object[] values) {
    if (values.length < 2 || values.length > 3) {
      return null;
    }
    InetAddress group = toAddress("group", size, values[0]);
    InetAddress source = toAddress("source", size, values[1]);
    Interface via = values.length == 2 ? Interface.ANY : toInterface(values[2]);
    return group == null || source == null || via == null
        ? null
        : new SourceMembership(group, source, via);
  }

  private static InetAddress toAddress(String what, int size, Object value) {
    InetAddress address =
        switch (value) {
          case InetAddress known -> known;
          case String literal -> Membership.literal(what, literal);
          case null, default -> null;
        };
    if (address != null) {
      bytes(address, size);
    }
    return address;
  }

  private static byte[] bytes(InetAddress address, int size) {
    byte[] bytes = address.getAddress();
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          address.getHostAddress() + " is not an IPv" + (size == 4 ? 4 : 6) + " address");
    }
    return bytes;
  }

  private static int index(Interface via) {
    if (via.index() == 0 && !via.isAny()) {
      throw new IllegalArgumentException(
          "interface " + via + ": IPv6 knows interfaces by index or name, not by IPv4 address");
    }
    return via.index();
  }
}
