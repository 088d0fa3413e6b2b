package nixio;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.function.Function;
import jdk.net.UnixDomainPrincipal;
import nixio.posix.Constants;

/**
 * StandardSocketOptions and ExtendedSocketOptions, by their names: which row stands for each, on
 * IPv6 sockets too, and how the JDK's values become the kernel's.
 */
final class JdkOptions {
  /** A row, and the way between its values and the JDK's. */
  private record Equivalent<T>(Option<T> option, Function<Object, T> from, Reader<T> to) {}

  @FunctionalInterface
  private interface Reader<T> {
    Object read(T value) throws IOException;
  }

  private static final ImmutableMap<String, Equivalent<?>> INET =
      ImmutableMap.<String, Equivalent<?>>builder()
          .put(
              "SO_PEERCRED",
              new Equivalent<>(
                  Option.SO_PEERCRED,
                  value -> Option.SO_PEERCRED.type().cast(value),
                  JdkOptions::principal))
          .put("TCP_KEEPINTERVAL", same(Option.TCP_KEEPINTVL))
          .put("TCP_KEEPCOUNT", same(Option.TCP_KEEPCNT))
          .put(
              "IP_DONTFRAGMENT",
              new Equivalent<>(
                  Option.IP_MTU_DISCOVER, JdkOptions::discovery, JdkOptions::isDiscovery))
          .put(
              "IP_MULTICAST_IF",
              new Equivalent<>(
                  Option.IP_MULTICAST_IF,
                  value -> Interface.of((NetworkInterface) value),
                  JdkOptions::byAddress))
          .buildOrThrow();

  private static final ImmutableMap<String, Equivalent<?>> INET6 =
      ImmutableMap.<String, Equivalent<?>>builder()
          .put("IP_TOS", same(Option.IPV6_TCLASS))
          .put("IP_MULTICAST_TTL", same(Option.IPV6_MULTICAST_HOPS))
          .put("IP_MULTICAST_LOOP", same(Option.IPV6_MULTICAST_LOOP))
          .put(
              "IP_DONTFRAGMENT",
              new Equivalent<>(
                  Option.IPV6_MTU_DISCOVER, JdkOptions::discovery, JdkOptions::isDiscovery))
          .put(
              "IP_MULTICAST_IF",
              new Equivalent<>(
                  Option.IPV6_MULTICAST_IF,
                  value -> Interface.of((NetworkInterface) value),
                  via -> via.index() == 0 ? null : NetworkInterface.getByIndex(via.index())))
          .buildOrThrow();

  private JdkOptions() {}

  static <T> T get(Socket socket, SocketOption<T> option) throws IOException {
    return option.type().cast(get(socket, find(socket, option)));
  }

  private static <T> Object get(Socket socket, Equivalent<T> equivalent) throws IOException {
    return equivalent.to.read(socket.getopt(equivalent.option));
  }

  static <T> void set(Socket socket, SocketOption<T> option, T value) throws IOException {
    set(socket, find(socket, option), value);
  }

  private static <T> void set(Socket socket, Equivalent<T> equivalent, Object value)
      throws IOException {
    socket.setopt(equivalent.option, equivalent.from.apply(value));
  }

  private static Equivalent<?> find(Socket socket, SocketOption<?> option) {
    Equivalent<?> found = socket.domain() == Domain.INET6 ? INET6.get(option.name()) : null;
    if (found == null) {
      found = INET.get(option.name());
    }
    if (found != null) {
      return found;
    }
    Option<?> row = Option.named(option.name());
    if (row == null || row.type() != option.type()) {
      throw new IllegalArgumentException(
          "unsupported option "
              + option.name()
              + " of type "
              + option.type().getSimpleName()
              + ": Option has the supported ones, and Option.of(level, name, codec) is any");
    }
    return same(row);
  }

  private static <T> Equivalent<T> same(Option<T> option) {
    return new Equivalent<>(option, value -> option.type().cast(value), value -> value);
  }

  private static Integer discovery(Object dontFragment) {
    return (Boolean) dontFragment ? Constants.IP_PMTUDISC_DO : Constants.IP_PMTUDISC_DONT;
  }

  private static Boolean isDiscovery(Integer value) {
    return value == Constants.IP_PMTUDISC_DO;
  }

  private static NetworkInterface byAddress(Interface via) throws IOException {
    return via.isAny() ? null : NetworkInterface.getByInetAddress(via.address());
  }

  /** By numbers, which the JDK's look-up takes as well as names. */
  private static Object principal(Credentials peer) throws IOException {
    UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
    return new UnixDomainPrincipal(
        users.lookupPrincipalByName(Integer.toUnsignedString(peer.uid())),
        users.lookupPrincipalByGroupName(Integer.toUnsignedString(peer.gid())));
  }
}
