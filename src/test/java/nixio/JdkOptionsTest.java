package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The JDK's own options, by name, with their own types, on IPv4 and IPv6. */
class JdkOptionsTest {
  /** What is set and read back, and which of ours has which value then. */
  record Row<T>(
      SocketOption<T> option, Type type, T value, Option<?> four, Option<?> six, Object kernel) {
    @Override
    public String toString() {
      return option.name();
    }
  }

  private static final NetworkInterface LOOPBACK = loopback();

  private static final List<Row<?>> ROWS =
      List.of(
          row(StandardSocketOptions.SO_BROADCAST, Type.DGRAM, true, Option.SO_BROADCAST),
          row(StandardSocketOptions.SO_KEEPALIVE, Type.STREAM, true, Option.SO_KEEPALIVE),
          row(StandardSocketOptions.SO_REUSEADDR, Type.STREAM, true, Option.SO_REUSEADDR),
          row(StandardSocketOptions.SO_REUSEPORT, Type.STREAM, true, Option.SO_REUSEPORT),
          row(StandardSocketOptions.SO_LINGER, Type.STREAM, 5, Option.SO_LINGER),
          row(StandardSocketOptions.TCP_NODELAY, Type.STREAM, true, Option.TCP_NODELAY),
          new Row<>(
              StandardSocketOptions.IP_TOS,
              Type.DGRAM,
              0x20,
              Option.IP_TOS,
              Option.IPV6_TCLASS,
              0x20),
          new Row<>(
              StandardSocketOptions.IP_MULTICAST_TTL,
              Type.DGRAM,
              3,
              Option.IP_MULTICAST_TTL,
              Option.IPV6_MULTICAST_HOPS,
              3),
          new Row<>(
              StandardSocketOptions.IP_MULTICAST_LOOP,
              Type.DGRAM,
              false,
              Option.IP_MULTICAST_LOOP,
              Option.IPV6_MULTICAST_LOOP,
              false),
          row(ExtendedSocketOptions.TCP_QUICKACK, Type.STREAM, false, Option.TCP_QUICKACK),
          row(ExtendedSocketOptions.TCP_KEEPIDLE, Type.STREAM, 61, Option.TCP_KEEPIDLE),
          row(ExtendedSocketOptions.TCP_KEEPINTERVAL, Type.STREAM, 11, Option.TCP_KEEPINTVL),
          row(ExtendedSocketOptions.TCP_KEEPCOUNT, Type.STREAM, 4, Option.TCP_KEEPCNT),
          new Row<>(
              ExtendedSocketOptions.IP_DONTFRAGMENT,
              Type.DGRAM,
              true,
              Option.IP_MTU_DISCOVER,
              Option.IPV6_MTU_DISCOVER,
              2),
          new Row<>(
              ExtendedSocketOptions.IP_DONTFRAGMENT,
              Type.DGRAM,
              false,
              Option.IP_MTU_DISCOVER,
              Option.IPV6_MTU_DISCOVER,
              0));

  /** Those with tests of their own. */
  private static final List<SocketOption<?>> OTHERS =
      List.of(
          StandardSocketOptions.SO_SNDBUF,
          StandardSocketOptions.SO_RCVBUF,
          StandardSocketOptions.IP_MULTICAST_IF,
          ExtendedSocketOptions.SO_INCOMING_NAPI_ID,
          ExtendedSocketOptions.SO_PEERCRED);

  private static <T> Row<T> row(SocketOption<T> option, Type type, T value, Option<T> ours) {
    return new Row<>(option, type, value, ours, ours, value);
  }

  private static NetworkInterface loopback() {
    try {
      return Objects.requireNonNull(NetworkInterface.getByName("lo"), "no lo");
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Test
  void everyOptionOfTheJdkHasATest() {
    Set<String> known =
        Stream.of(StandardSocketOptions.class, ExtendedSocketOptions.class)
            .flatMap(options -> Arrays.stream(options.getFields()))
            .filter(field -> field.getType() == SocketOption.class)
            .map(Field::getName)
            .collect(Collectors.toSet());
    Set<String> tested =
        Stream.concat(ROWS.stream().map(Row::option), OTHERS.stream())
            .map(SocketOption::name)
            .collect(Collectors.toSet());
    assertEquals(known, tested);
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  <T> void setsAndReadsBack(Row<T> row) throws IOException {
    for (var domain : Map.of(Domain.INET, row.four, Domain.INET6, row.six).entrySet()) {
      try (Socket socket = Socket.open(domain.getKey(), row.type)) {
        assertEquals(row.option.type(), socket.getopt(row.option).getClass());
        socket.setopt(row.option, row.value);
        assertEquals(row.value, socket.getopt(row.option));
        assertEquals(row.kernel, socket.getopt(domain.getValue()));
      }
    }
  }

  @Test
  void buffersAreTheKernelsNotHalved() throws IOException {
    try (Socket socket = Socket.open(Domain.INET, Type.STREAM)) {
      socket.setopt(StandardSocketOptions.SO_RCVBUF, 10_000);
      socket.setopt(StandardSocketOptions.SO_SNDBUF, 11_000);
      assertEquals(20_000, socket.getopt(StandardSocketOptions.SO_RCVBUF));
      assertEquals(22_000, socket.getopt(StandardSocketOptions.SO_SNDBUF));
    }
  }

  @Test
  void multicastLeavesByANetworkInterface() throws IOException {
    SocketOption<NetworkInterface> via = StandardSocketOptions.IP_MULTICAST_IF;
    for (Domain domain : List.of(Domain.INET, Domain.INET6)) {
      try (Socket socket = Socket.open(domain, Type.DGRAM)) {
        assertNull(socket.getopt(via), domain::toString);
        assertEquals(LOOPBACK, socket.setopt(via, LOOPBACK).getopt(via), domain::toString);
      }
    }
  }

  @Test
  void napiIdIsOnlyRead() throws IOException {
    SocketOption<Integer> id = ExtendedSocketOptions.SO_INCOMING_NAPI_ID;
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      assertEquals(0, socket.getopt(id));
      assertThrows(IllegalArgumentException.class, () -> socket.setopt(id, 1));
    }
  }

  @Test
  void peerIsAPrincipal() throws IOException {
    PosixFileAttributes self =
        Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class);
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      assertEquals(
          new UnixDomainPrincipal(self.owner(), self.group()),
          pair.first().getopt(ExtendedSocketOptions.SO_PEERCRED));
    }
  }

  @Test
  void anotherTypeUnderAKnownNameIsRefused() throws IOException {
    record Named<T>(String name, Class<T> type) implements SocketOption<T> {}
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      for (SocketOption<?> option :
          List.of(new Named<>("SO_RCVBUF", String.class), new Named<>("SO_NONE", Integer.class))) {
        String message =
            assertThrows(IllegalArgumentException.class, () -> socket.getopt(option)).getMessage();
        assertTrue(message.contains(option.name() + " of type "), message);
      }
    }
  }
}
