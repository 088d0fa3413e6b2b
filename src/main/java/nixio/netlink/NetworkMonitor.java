package nixio.netlink;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Domain;
import nixio.Errno;
import nixio.Poll;
import nixio.Socket;
import nixio.Type;
import nixio.posix.Constants;
import nixio.posix.Rtnetlink;

/**
 * Links, addresses and routes: what there is, and what changes; see rtnetlink(7). No right is
 * needed.
 *
 * {@snippet file="MonitorExample.java" region="monitor"}
 *
 * <p>A monitor is opened before the list is asked for, so that nothing that changes in between is
 * missed; a change may then be told that the list had already. One thread at a time takes changes;
 * any other may close.
 */
public final class NetworkMonitor implements Closeable {
  private static final HexFormat HEX = HexFormat.ofDelimiter(":");
  private static final int BUFFER = 1 << 16;
  private static final int TRIES = 10;
  private static final int GROUPS =
      Constants.RTMGRP_LINK
          | Constants.RTMGRP_IPV4_IFADDR
          | Constants.RTMGRP_IPV6_IFADDR
          | Constants.RTMGRP_IPV4_ROUTE
          | Constants.RTMGRP_IPV6_ROUTE;

  private final Socket socket;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER, 64);
  private final AddressBuffer sender = new AddressBuffer();
  private final Queue<Change> changes = new ArrayDeque<>();
  private final Poll poll;

  private NetworkMonitor(int groups) throws IOException {
    socket = Socket.open(Domain.NETLINK, Type.RAW).bind(Address.Netlink.of(0, groups));
    poll = new Poll().add(socket, Poll.IN);
  }

  /** A monitor that tells every change from now on. */
  public static NetworkMonitor open() throws IOException {
    return new NetworkMonitor(GROUPS);
  }

  // What there is

  /** The interfaces. */
  public static List<Link> links() throws IOException {
    return list(Constants.RTM_GETLINK, Link.class);
  }

  /** The addresses of the interfaces. */
  public static List<LinkAddress> addresses() throws IOException {
    return list(Constants.RTM_GETADDR, LinkAddress.class);
  }

  /** The routes, of all tables. */
  public static List<Route> routes() throws IOException {
    return list(Constants.RTM_GETROUTE, Route.class);
  }

  private static <T extends Entry> List<T> list(int request, Class<T> type) throws IOException {
    try (NetworkMonitor asking = new NetworkMonitor(0)) {
      List<T> found = new ArrayList<>();
      int tries = 0;
      while (!asking.dump(request, ++tries, type, found)) {
        found.clear();
        if (tries == TRIES) {
          throw new IOException("the list changed " + TRIES + " times while it was read");
        }
      }
      return List.copyOf(found);
    }
  }

  /** Whether nothing changed meanwhile. */
  private <T> boolean dump(int request, int sequence, Class<T> type, List<T> into)
      throws IOException {
    int size = Rtnetlink.putDump(buffer, request, sequence);
    socket.sendto(buffer.asSlice(0, size), Address.Netlink.KERNEL);
    boolean whole = true;
    for (; ; ) {
      for (MemorySegment message : receive()) {
        if (Rtnetlink.sequence(message) != sequence) {
          continue;
        }
        whole &= (Rtnetlink.flags(message) & Constants.NLM_F_DUMP_INTR) == 0;
        int kind = Rtnetlink.type(message);
        if (kind == Constants.NLMSG_DONE) {
          return whole;
        }
        if (kind == Constants.NLMSG_ERROR) {
          int number = -Rtnetlink.error(message);
          throw new IOException("rtnetlink: " + Errno.of(number) + ", errno " + number);
        }
        Change change = change(message);
        if (change != null) {
          into.add(type.cast(change.entry()));
        }
      }
    }
  }

  // What changes

  /**
   * The next change, for which it waits.
   *
   * @throws nixio.NixioException EBADF if the monitor is closed; ENOBUFS if there were more changes
   *     than the socket has room for, so that some were lost: list anew; EINTR
   */
  public Change next() throws IOException {
    return next(null);
  }

  /**
   * The next change, within a time.
   *
   * @param timeout zero does not wait, null waits for ever
   * @return null if the time is up
   */
  public Change next(Duration timeout) throws IOException {
    long deadline = timeout == null ? 0 : System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    while (changes.isEmpty()) {
      Duration left =
          timeout == null ? null : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (poll.poll(left) == 0) {
        return null;
      }
      for (MemorySegment message : receive()) {
        Change change = change(message);
        if (change != null) {
          changes.add(change);
        }
      }
    }
    return changes.remove();
  }

  /** Closes it; a thread that waits gets EBADF. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The messages of a datagram; none if it is not the kernel's. */
  private List<MemorySegment> receive() throws IOException {
    long n = socket.recvfrom(buffer, sender);
    return Address.Netlink.KERNEL.host().equals(sender.address().host())
        ? Rtnetlink.messages(buffer.asSlice(0, n))
        : List.of();
  }

  private static Change change(MemorySegment message) {
    int type = Rtnetlink.type(message);
    Entry entry = entry(type, message);
    boolean removed =
        type == Constants.RTM_DELLINK
            || type == Constants.RTM_DELADDR
            || type == Constants.RTM_DELROUTE;
    return entry == null ? null : new Change(entry, removed);
  }

  private static Entry entry(int type, MemorySegment message) {
    if (type == Constants.RTM_NEWLINK || type == Constants.RTM_DELLINK) {
      return link(message);
    }
    if (type == Constants.RTM_NEWADDR || type == Constants.RTM_DELADDR) {
      return address(message);
    }
    return type == Constants.RTM_NEWROUTE || type == Constants.RTM_DELROUTE ? route(message) : null;
  }

  private static Link link(MemorySegment message) {
    Map<Integer, MemorySegment> attributes = Rtnetlink.linkAttributes(message);
    MemorySegment hardware = attributes.get(Constants.IFLA_ADDRESS);
    return new Link(
        Rtnetlink.linkIndex(message),
        text(attributes.get(Constants.IFLA_IFNAME)),
        Rtnetlink.linkFlags(message),
        number(attributes.get(Constants.IFLA_MTU), 0),
        hardware == null ? "" : HEX.formatHex(hardware.toArray(ValueLayout.JAVA_BYTE)),
        Rtnetlink.linkHardware(message));
  }

  /** IFA_ADDRESS is the other end's on a point-to-point link, and IFA_LOCAL is IPv4's alone. */
  private static LinkAddress address(MemorySegment message) {
    Map<Integer, MemorySegment> attributes = Rtnetlink.addressAttributes(message);
    MemorySegment address =
        attributes.getOrDefault(Constants.IFA_LOCAL, attributes.get(Constants.IFA_ADDRESS));
    return new LinkAddress(
        Rtnetlink.addressIndex(message), inet(address), Rtnetlink.addressPrefix(message));
  }

  private static Route route(MemorySegment message) {
    if (Rtnetlink.isCloned(message)) {
      return null;
    }
    Map<Integer, MemorySegment> attributes = Rtnetlink.routeAttributes(message);
    return new Route(
        Domain.of(Rtnetlink.routeFamily(message)),
        inet(attributes.get(Constants.RTA_DST)),
        Rtnetlink.routePrefix(message),
        inet(attributes.get(Constants.RTA_GATEWAY)),
        number(attributes.get(Constants.RTA_OIF), 0),
        number(attributes.get(Constants.RTA_PRIORITY), 0),
        number(attributes.get(Constants.RTA_TABLE), Rtnetlink.routeTable(message)));
  }

  private static String text(MemorySegment attribute) {
    return attribute == null ? "" : attribute.getString(0, StandardCharsets.UTF_8);
  }

  private static int number(MemorySegment attribute, int otherwise) {
    return attribute == null ? otherwise : attribute.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
  }

  /** Of four or sixteen bytes; others have addresses that are not IP's. */
  private static Address.Inet inet(MemorySegment attribute) {
    return attribute == null || (attribute.byteSize() != 4 && attribute.byteSize() != 16)
        ? null
        : Address.Inet.of(attribute.toArray(ValueLayout.JAVA_BYTE), 0, 0);
  }
}
