package nixio;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import nixio.posix.Constants;
import nixio.posix.Structs;
import nixio.posix.TcpFields;

/** The codecs of the kernel's options. */
public final class Codecs {
  /** An int that is a flag. Also takes numbers, of which 0 is false. */
  public static final Codec<Boolean> FLAG =
      new Row<>(Boolean.class) {
        @Override
        public Boolean read(MemorySegment value) {
          return value.get(ValueLayout.JAVA_INT, 0) != 0;
        }

        @Override
        public int write(Boolean value, MemorySegment into) {
          return putInt(into, value ? 1 : 0);
        }

        @Override
        Boolean parsed(Object[] values) {
          return one(values) instanceof Number n ? n.longValue() != 0 : null;
        }
      };

  /** An int. Also takes other numbers without a fraction that fit. */
  public static final Codec<Integer> INT =
      new Row<>(Integer.class) {
        @Override
        public Integer read(MemorySegment value) {
          return value.get(ValueLayout.JAVA_INT, 0);
        }

        @Override
        public int write(Integer value, MemorySegment into) {
          return putInt(into, value);
        }

        @Override
        Integer parsed(Object[] values) {
          return one(values) instanceof Number n ? exactInt(n) : null;
        }
      };

  /** A long. Also takes other numbers without a fraction. */
  public static final Codec<Long> LONG =
      new Row<>(Long.class) {
        @Override
        public int size() {
          return Long.BYTES;
        }

        @Override
        public Long read(MemorySegment value) {
          return value.get(ValueLayout.JAVA_LONG, 0);
        }

        @Override
        public int write(Long value, MemorySegment into) {
          into.set(ValueLayout.JAVA_LONG, 0, value);
          return Long.BYTES;
        }

        @Override
        Long parsed(Object[] values) {
          return one(values) instanceof Number n ? (Long) exactLong(n) : null;
        }
      };

  /** Text of at most 15 bytes: the name of an interface or of a congestion control. */
  public static final Codec<String> NAME =
      new Row<>(String.class) {
        @Override
        public int size() {
          return 16;
        }

        @Override
        public String read(MemorySegment value) {
          return text(value);
        }

        @Override
        public int write(String value, MemorySegment into) {
          return putText(value, into);
        }
      };

  /** A struct timeval. Zero is none; less than a microsecond is rounded up. Takes (sec, usec). */
  public static final Codec<Duration> TIMEVAL =
      new Row<>(Duration.class) {
        @Override
        public int size() {
          return Structs.timevalSize();
        }

        @Override
        public Duration read(MemorySegment value) {
          return Duration.ofSeconds(Structs.seconds(value), Structs.microseconds(value) * 1000);
        }

        @Override
        public int write(Duration value, MemorySegment into) {
          Duration rounded = notNegative(value).plusNanos(999);
          return Structs.putTimeval(into, rounded.getSeconds(), rounded.getNano() / 1000);
        }

        @Override
        Duration parsed(Object[] values) {
          return parseTimeval(values);
        }
      };

  /** An int of milliseconds. Less than one is rounded up. Takes a number of milliseconds. */
  public static final Codec<Duration> MILLIS =
      new Row<>(Duration.class) {
        @Override
        public Duration read(MemorySegment value) {
          return Duration.ofMillis(value.get(ValueLayout.JAVA_INT, 0));
        }

        @Override
        public int write(Duration value, MemorySegment into) {
          return putInt(into, millis(value));
        }

        @Override
        Duration parsed(Object[] values) {
          return one(values) instanceof Number n ? Duration.ofMillis(exactInt(n)) : null;
        }
      };

  /** A struct linger: seconds, negative for off. */
  public static final Codec<Integer> LINGER =
      new Row<>(Integer.class) {
        @Override
        public int size() {
          return Structs.lingerSize();
        }

        @Override
        public Integer read(MemorySegment value) {
          return Structs.lingers(value) ? Structs.lingerSeconds(value) : -1;
        }

        @Override
        public int write(Integer value, MemorySegment into) {
          return Structs.putLinger(into, value >= 0, Math.max(0, value));
        }

        @Override
        Integer parsed(Object[] values) {
          return one(values) instanceof Number n ? exactInt(n) : null;
        }
      };

  /** A struct ucred. */
  public static final Codec<Credentials> CREDENTIALS =
      new Row<>(Credentials.class) {
        @Override
        public int size() {
          return Structs.ucredSize();
        }

        @Override
        public Credentials read(MemorySegment value) {
          return new Credentials(Structs.pid(value), Structs.uid(value), Structs.gid(value));
        }
      };

  /** A struct tcp_info, of the length that the kernel gives. */
  static final Codec<TcpInfo> TCP_INFO =
      new Row<>(TcpInfo.class) {
        @Override
        public int size() {
          return TcpFields.TCP_INFO;
        }

        @Override
        public TcpInfo read(MemorySegment value) {
          return TcpInfo.read(value);
        }
      };

  /** A struct mptcp_info, of the length that the kernel gives. */
  static final Codec<MptcpInfo> MPTCP_INFO =
      new Row<>(MptcpInfo.class) {
        @Override
        public int size() {
          return TcpFields.MPTCP_INFO;
        }

        @Override
        public MptcpInfo read(MemorySegment value) {
          return MptcpInfo.read(value);
        }
      };

  /** An int of flags. Also takes their number. */
  static final Codec<Timestamping> TIMESTAMPING =
      new Row<>(Timestamping.class) {
        @Override
        public Timestamping read(MemorySegment value) {
          return Timestamping.of(value.get(ValueLayout.JAVA_INT, 0));
        }

        @Override
        public int write(Timestamping value, MemorySegment into) {
          return putInt(into, value.bits());
        }
      };

  /** A struct sock_txtime. */
  static final Codec<TransmitTimes> TRANSMIT_TIMES =
      new Row<>(TransmitTimes.class) {
        @Override
        public int size() {
          return Structs.sockTxtimeSize();
        }

        @Override
        public TransmitTimes read(MemorySegment value) {
          return TransmitTimes.of(Structs.clock(value), Structs.txtimeFlags(value));
        }

        @Override
        public int write(TransmitTimes value, MemorySegment into) {
          return Structs.putSockTxtime(into, value.clock().number(), value.flags());
        }
      };

  /** An int that is a domain. */
  public static final Codec<Domain> DOMAIN =
      new Row<>(Domain.class) {
        @Override
        public Domain read(MemorySegment value) {
          return Domain.of(value.get(ValueLayout.JAVA_INT, 0));
        }

        @Override
        public int write(Domain value, MemorySegment into) {
          return putInt(into, value.number());
        }
      };

  /** An int that is a type. */
  public static final Codec<Type> TYPE =
      new Row<>(Type.class) {
        @Override
        public Type read(MemorySegment value) {
          return Type.of(value.get(ValueLayout.JAVA_INT, 0));
        }

        @Override
        public int write(Type value, MemorySegment into) {
          return putInt(into, value.number());
        }
      };

  /** An int that is a protocol. */
  public static final Codec<Protocol> PROTOCOL =
      new Row<>(Protocol.class) {
        @Override
        public Protocol read(MemorySegment value) {
          return Protocol.of(value.get(ValueLayout.JAVA_INT, 0));
        }

        @Override
        public int write(Protocol value, MemorySegment into) {
          return putInt(into, value.number());
        }
      };

  /** A struct ip_mreqn without a group; reads back an address. */
  static final Codec<Interface> INTERFACE =
      new Row<>(Interface.class) {
        @Override
        public int size() {
          return Structs.groupSourceReqSize();
        }

        @Override
        public Interface read(MemorySegment value) {
          return Interface.ofAddress(value.asSlice(0, 4).toArray(ValueLayout.JAVA_BYTE));
        }

        @Override
        public int write(Interface value, MemorySegment into) {
          return Structs.putIpMreqn(into, null, Interfaces.inet(value), value.index());
        }

        @Override
        Interface parsed(Object[] values) {
          return toInterface(values.length == 2 ? values[1] : one(values));
        }
      };

  /** An int that is the index of an interface. */
  static final Codec<Interface> INTERFACE6 =
      new Row<>(Interface.class) {
        @Override
        public Interface read(MemorySegment value) {
          return Interface.of(value.get(ValueLayout.JAVA_INT, 0));
        }

        @Override
        public int write(Interface value, MemorySegment into) {
          return putInt(into, index(value));
        }

        @Override
        Interface parsed(Object[] values) {
          return toInterface(one(values));
        }
      };

  /** A struct ip_mreqn. Takes (group, interface). */
  static final Codec<Membership> MEMBERSHIP =
      new Row<>(Membership.class) {
        @Override
        public int size() {
          return Structs.groupSourceReqSize();
        }

        @Override
        public int write(Membership value, MemorySegment into) {
          return Structs.putIpMreqn(
              into, bytes(value.group(), 4), value.via().bytes(), value.via().index());
        }

        @Override
        Membership parsed(Object[] values) {
          return parseMembership(4, values);
        }
      };

  /** A struct ipv6_mreq. Takes (group, interface). */
  static final Codec<Membership> MEMBERSHIP6 =
      new Row<>(Membership.class) {
        @Override
        public int size() {
          return Structs.groupSourceReqSize();
        }

        @Override
        public int write(Membership value, MemorySegment into) {
          return Structs.putIpv6Mreq(into, bytes(value.group(), 16), index(value.via()));
        }

        @Override
        Membership parsed(Object[] values) {
          return parseMembership(16, values);
        }
      };

  /** A struct ip_mreq_source. Takes (group, source, interface). */
  static final Codec<SourceMembership> SOURCE =
      new Row<>(SourceMembership.class) {
        @Override
        public int size() {
          return Structs.groupSourceReqSize();
        }

        @Override
        public int write(SourceMembership value, MemorySegment into) {
          return Structs.putIpMreqSource(
              into,
              bytes(value.group(), 4),
              bytes(value.source(), 4),
              Interfaces.inet(value.via()));
        }

        @Override
        SourceMembership parsed(Object[] values) {
          return parseSource(4, values);
        }
      };

  /** A struct group_source_req, for IPv6. Takes (group, source, interface). */
  static final Codec<SourceMembership> SOURCE6 =
      new Row<>(SourceMembership.class) {
        @Override
        public int size() {
          return Structs.groupSourceReqSize();
        }

        @Override
        public int write(SourceMembership value, MemorySegment into) {
          return Structs.putGroupSourceReq(
              into, bytes(value.group(), 16), bytes(value.source(), 16), index(value.via()));
        }

        @Override
        SourceMembership parsed(Object[] values) {
          return parseSource(16, values);
        }
      };

  /** A struct packet_mreq. Takes ({@code promisc} or {@code allmulti}, interface). */
  static final Codec<PacketMembership> PACKET_MEMBERSHIP =
      new Row<>(PacketMembership.class) {
        @Override
        public int size() {
          return Structs.packetMreqSize();
        }

        @Override
        public int write(PacketMembership value, MemorySegment into) {
          return Structs.putPacketMreq(into, value.via().index(), value.kind(), value.bytes());
        }

        @Override
        PacketMembership parsed(Object[] values) {
          return parsePacketMembership(values);
        }
      };

  /** An int of group and mode. Takes (group, mode). */
  static final Codec<Fanout> FANOUT =
      new Row<>(Fanout.class) {
        @Override
        public int size() {
          return Structs.fanoutArgsSize();
        }

        @Override
        public Fanout read(MemorySegment value) {
          return new Fanout(Structs.fanoutGroup(value), Structs.fanoutMode(value));
        }

        @Override
        public int write(Fanout value, MemorySegment into) {
          return Structs.putFanout(into, value.group(), value.mode());
        }

        @Override
        Fanout parsed(Object[] values) {
          return values.length == 2
                  && values[0] instanceof Number group
                  && values[1] instanceof Number mode
              ? new Fanout(exactInt(group), exactInt(mode))
              : null;
        }
      };

  /** A struct tpacket_stats_v3. */
  static final Codec<PacketStatistics> PACKET_STATISTICS =
      new Row<>(PacketStatistics.class) {
        @Override
        public int size() {
          return Structs.tpacketStatsSize();
        }

        @Override
        public PacketStatistics read(MemorySegment value) {
          return new PacketStatistics(
              Structs.packets(value), Structs.drops(value), Structs.freezes(value));
        }
      };

  /** A struct tpacket_req3. */
  static final Codec<RingRequest> RING_REQUEST =
      new Row<>(RingRequest.class) {
        @Override
        public int size() {
          return Structs.tpacketReq3Size();
        }

        @Override
        public int write(RingRequest value, MemorySegment into) {
          return Structs.putTpacketReq3(
              into, value.blockSize(), value.blocks(), value.frameSize(), millis(value.retire()));
        }
      };

  /** A struct sock_fprog and its program. Takes the text of tcpdump -ddd. */
  static final Codec<Filter> FILTER =
      new Row<>(Filter.class) {
        @Override
        public int size() {
          return Structs.sockFprogSize() + Constants.BPF_MAXINSNS * Structs.sockFilterSize();
        }

        @Override
        public int write(Filter value, MemorySegment into) {
          return putFilter(value, into);
        }

        @Override
        Filter parsed(Object[] values) {
          return one(values) instanceof String text ? Filter.parse(text) : null;
        }
      };

  /** A struct icmp_filter. */
  static final Codec<IcmpFilter> ICMP_FILTER =
      new Row<>(IcmpFilter.class) {
        @Override
        public int size() {
          return Structs.icmpFilterSize();
        }

        @Override
        public IcmpFilter read(MemorySegment value) {
          return IcmpFilter.of(Structs.icmpFilter(value));
        }

        @Override
        public int write(IcmpFilter value, MemorySegment into) {
          return Structs.putIcmpFilter(into, value.words()[0]);
        }
      };

  /** A struct icmp6_filter. */
  static final Codec<IcmpFilter> ICMP6_FILTER =
      new Row<>(IcmpFilter.class) {
        @Override
        public int size() {
          return Structs.icmp6FilterSize();
        }

        @Override
        public IcmpFilter read(MemorySegment value) {
          return IcmpFilter.of(Structs.icmp6Filter(value));
        }

        @Override
        public int write(IcmpFilter value, MemorySegment into) {
          return Structs.putIcmp6Filter(into, value.words());
        }
      };

  private Codecs() {}

  /**
   * A codec of what it can: a class each, as dozens of lambdas would be made at start-up, and a
   * size that is a struct's would have its layout made.
   */
  private abstract static class Row<T> implements Codec<T> {
    private final Class<T> type;

    Row(Class<T> type) {
      this.type = type;
    }

    @Override
    public final Class<T> type() {
      return type;
    }

    /** That of an int, unless it says otherwise. */
    @Override
    public int size() {
      return Integer.BYTES;
    }

    @Override
    public T read(MemorySegment value) {
      throw new IllegalArgumentException(type.getSimpleName() + " can be set, but not read");
    }

    @Override
    public int write(T value, MemorySegment into) {
      throw new IllegalArgumentException(type.getSimpleName() + " can be read, but not set");
    }

    /** What nixio's other spellings mean, or null. */
    T parsed(Object[] values) {
      return null;
    }

    @Override
    public final T parse(Object... values) {
      if (values.length == 1 && type.isInstance(values[0])) {
        return type.cast(values[0]);
      }
      T parsed = parsed(values);
      return parsed != null ? parsed : Codec.super.parse(values);
    }
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
