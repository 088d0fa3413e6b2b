package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nixio.posix.gen.linux.ifaddrmsg;
import nixio.posix.gen.linux.ifinfomsg;
import nixio.posix.gen.linux.nlmsgerr;
import nixio.posix.gen.linux.nlmsghdr;
import nixio.posix.gen.linux.rtattr;
import nixio.posix.gen.linux.rtmsg;

/** Messages about links, addresses and routes: {@code <linux/rtnetlink.h>}. */
public final class Rtnetlink {
  private static final long HEADER = nlmsghdr.sizeof();
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  /** Bytes of a request. */
  public static final int REQUEST = (int) (HEADER + ifinfomsg.sizeof());

  private Rtnetlink() {}

  /** Asks for all of a kind, RTM_GETLINK and others; answers the size. */
  public static int putDump(MemorySegment into, int type, int sequence) {
    into.asSlice(0, REQUEST).fill((byte) 0);
    nlmsghdr.nlmsg_len(into, REQUEST);
    nlmsghdr.nlmsg_type(into, (short) type);
    nlmsghdr.nlmsg_flags(into, (short) (Constants.NLM_F_REQUEST | Constants.NLM_F_DUMP));
    nlmsghdr.nlmsg_seq(into, sequence);
    return REQUEST;
  }

  /** The messages of a datagram. */
  public static List<MemorySegment> messages(MemorySegment datagram) {
    List<MemorySegment> messages = new ArrayList<>();
    long at = 0;
    while (datagram.byteSize() - at >= HEADER) {
      MemorySegment rest = datagram.asSlice(at);
      long length = Integer.toUnsignedLong(nlmsghdr.nlmsg_len(rest));
      if (length < HEADER || length > rest.byteSize()) {
        break;
      }
      messages.add(rest.asSlice(0, length));
      at += align(length);
    }
    return messages;
  }

  /** NLMSG_ALIGN and RTA_ALIGN. */
  private static long align(long size) {
    return (size + Integer.BYTES - 1) & -Integer.BYTES;
  }

  /** The type of a message, RTM_NEWLINK and others. */
  public static int type(MemorySegment message) {
    return Short.toUnsignedInt(nlmsghdr.nlmsg_type(message));
  }

  /** The flags of a message, NLM_F_DUMP_INTR and others. */
  public static int flags(MemorySegment message) {
    return Short.toUnsignedInt(nlmsghdr.nlmsg_flags(message));
  }

  /** The number of the request that a message answers. */
  public static int sequence(MemorySegment message) {
    return nlmsghdr.nlmsg_seq(message);
  }

  /** The -errno of a message of type NLMSG_ERROR. */
  public static int error(MemorySegment message) {
    return nlmsgerr.error(message.asSlice(HEADER));
  }

  /** The attributes of a message about a link. */
  public static Map<Integer, MemorySegment> linkAttributes(MemorySegment message) {
    return attributes(message, ifinfomsg.sizeof());
  }

  /** The attributes of a message about an address. */
  public static Map<Integer, MemorySegment> addressAttributes(MemorySegment message) {
    return attributes(message, ifaddrmsg.sizeof());
  }

  /** The attributes of a message about a route. */
  public static Map<Integer, MemorySegment> routeAttributes(MemorySegment message) {
    return attributes(message, rtmsg.sizeof());
  }

  private static Map<Integer, MemorySegment> attributes(MemorySegment message, long body) {
    Map<Integer, MemorySegment> attributes = new HashMap<>();
    long at = HEADER + align(body);
    while (message.byteSize() - at >= rtattr.sizeof()) {
      MemorySegment rest = message.asSlice(at);
      long length = Short.toUnsignedLong(rest.get(SHORT, rtattr.rta_len$offset()));
      if (length < rtattr.sizeof() || length > rest.byteSize()) {
        break;
      }
      int type = Short.toUnsignedInt(rest.get(SHORT, rtattr.rta_type$offset()));
      attributes.put(type, rest.asSlice(rtattr.sizeof(), length - rtattr.sizeof()));
      at += align(length);
    }
    return attributes;
  }

  /** The index of a link. */
  public static int linkIndex(MemorySegment message) {
    return ifinfomsg.ifi_index(message.asSlice(HEADER));
  }

  /** The flags of a link, netdevice(7). */
  public static int linkFlags(MemorySegment message) {
    return ifinfomsg.ifi_flags(message.asSlice(HEADER));
  }

  /** The type of a link's hardware (ARPHRD_). */
  public static int linkHardware(MemorySegment message) {
    return Short.toUnsignedInt(ifinfomsg.ifi_type(message.asSlice(HEADER)));
  }

  /** The index of the link that an address is on. */
  public static int addressIndex(MemorySegment message) {
    return ifaddrmsg.ifa_index(message.asSlice(HEADER));
  }

  /** The bits of an address that name its network. */
  public static int addressPrefix(MemorySegment message) {
    return Byte.toUnsignedInt(ifaddrmsg.ifa_prefixlen(message.asSlice(HEADER)));
  }

  /** The family of a route. */
  public static int routeFamily(MemorySegment message) {
    return Byte.toUnsignedInt(rtmsg.rtm_family(message.asSlice(HEADER)));
  }

  /** The bits of a route's destination that count. */
  public static int routePrefix(MemorySegment message) {
    return Byte.toUnsignedInt(rtmsg.rtm_dst_len(message.asSlice(HEADER)));
  }

  /** The table of a route, where no attribute tells it. */
  public static int routeTable(MemorySegment message) {
    return Byte.toUnsignedInt(rtmsg.rtm_table(message.asSlice(HEADER)));
  }

  /** Whether a route is only remembered, RTM_F_CLONED. */
  public static boolean isCloned(MemorySegment message) {
    return (rtmsg.rtm_flags(message.asSlice(HEADER)) & Constants.RTM_F_CLONED) != 0;
  }
}
