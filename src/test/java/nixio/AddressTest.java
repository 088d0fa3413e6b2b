package nixio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as values and as text, and those of the JDK. */
class AddressTest {
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "192.0.2.1:80 inet 192.0.2.1 80 192.0.2.1:80",
        "0.0.0.0:0 inet 0.0.0.0 0 0.0.0.0:0",
        "255.255.255.255:65535 inet 255.255.255.255 65535 255.255.255.255:65535",
        "[2001:db8::1]:80 inet6 2001:db8::1 80 [2001:db8::1]:80",
        "[2001:DB8:0:0::1]:80 inet6 2001:db8::1 80 [2001:db8::1]:80",
        "[::]:0 inet6 :: 0 [::]:0",
        "[::ffff:192.0.2.1]:80 inet6 ::ffff:192.0.2.1 80 [::ffff:192.0.2.1]:80",
        "[fe80::1%lo]:7 inet6 fe80::1%lo 7 [fe80::1%lo]:7",
        "[fe80::1%1]:7 inet6 fe80::1%lo 7 [fe80::1%lo]:7",
        "[fe80::1%4000000000]:7 inet6 fe80::1%4000000000 7 [fe80::1%4000000000]:7",
        "/a/path unix /a/path 0 /a/path",
        "packet:lo packet '' 0 packet:lo:0x0003",
        "packet:1:2048 packet '' 0 packet:lo:0x0800",
        "packet:*:* packet '' 0 packet:*:0x0003",
        "packet:lo:0x88b5:02:00:00:00:00:0A packet 02:00:00:00:00:0a 0"
            + " packet:lo:0x88b5:02:00:00:00:00:0a",
        "netlink:0:0x1 netlink kernel 0 netlink:0:0x1",
        "netlink:4000000000:17 netlink 4000000000 -294967296 netlink:4000000000:0x11",
        "netlink:7 netlink 7 7 netlink:7:0x0",
        "vsock:2:1024 vsock 2 1024 vsock:2:1024",
        "vsock:*:4000000000 vsock * -294967296 vsock:*:4000000000",
        "vsock:1:* vsock 1 -1 vsock:1:*",
      })
  void textIsParsedAndWritten(String text, String domain, String host, int port, String written) {
    Address address = Address.parse(text);
    assertEquals(Domain.of(domain), address.domain());
    assertEquals(host, address.host());
    assertEquals(port, address.port());
    assertEquals(written, address.toString());
    assertEquals(address, Address.parse(address.toString()));
    assertEquals(address.hashCode(), Address.parse(address.toString()).hashCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:80",
        "192.0.2.1",
        "192.0.2.1:",
        "192.0.2.1:65536",
        "192.0.2.1:-1",
        "192.0.2.256:80",
        "192.0.2:80",
        "2001:db8::1",
        "[2001:db8::1]",
        "[2001:db8::1]:http",
        "[2001:db8::g]:80",
        "[fe80::1%no-such-if]:80",
        "[fe80::1%]:80",
        "192.0.2.1%lo:80",
        "relative/path",
        "packet",
        "packet:no-such-if",
        "packet:lo:65536",
        "packet:lo:0x0800:02:0",
        "packet:lo:0x0800:01:02:03:04:05:06:07:08:09",
        "packet:127.0.0.1",
        "netlink:",
        "netlink:0:0:0",
        "vsock:2",
        "vsock:2:4294967296",
        "vsock:2:1:1",
      })
  void whatIsNoAddressIsRefusedByItsText(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Address.parse(text));
    assertTrue(refused.getMessage().contains(text), refused::getMessage);
  }

  @Test
  void anAbstractNameBeginsWithAnAtSign() {
    Address.Unix name = (Address.Unix) Address.parse("@name");
    assertTrue(name.isAbstract());
    assertEquals(Address.Unix.ofAbstract("name"), name);
    assertEquals("\0name", name.host());
    assertEquals("@name", name.toString());
    assertArrayEquals("\0name".getBytes(StandardCharsets.US_ASCII), name.bytes());
    assertEquals("@a\\0b", Address.Unix.ofAbstract("a\0b").toString());
    assertThrows(UnsupportedOperationException.class, name::path);
    assertThrows(UnsupportedOperationException.class, name::toSocketAddress);
  }

  @Test
  void equalityIncludesPortAndScope() {
    Address.Inet plain = Address.Inet.of("fe80::1", 80);
    assertEquals(plain, Address.Inet.of("fe80:0::1", 80));
    assertNotEquals(plain, Address.Inet.of("fe80::1", 81));
    assertNotEquals(plain, Address.Inet.of("fe80::1%1", 80));
    assertNotEquals(plain, Address.Inet.of("fe80::2", 80));
    assertEquals(Address.Inet.of("fe80::1%1", 80), Address.Inet.of("fe80::1%lo", 80));
    assertNotEquals(Address.Inet.of("127.0.0.1", 80), Address.Inet.of("::ffff:127.0.0.1", 80));
    assertNotEquals(Address.parse("/a"), Address.parse("@a"));
    assertEquals(Address.parse("/a"), Address.Unix.of("/a".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aMappedAddressStaysSixteenBytes() throws UnknownHostException {
    Address.Inet mapped = Address.Inet.of("::ffff:127.0.0.1", 80);
    assertArrayEquals(MAPPED, mapped.bytes());
    assertEquals(Domain.INET6, mapped.domain());
    assertEquals(mapped, Address.Inet.of(MAPPED, 80, 0));
    assertEquals("::ffff:127.0.0.1", mapped.host());
    assertEquals(
        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), mapped.address(), "the JDK's");
  }

  @Test
  void bytesAreCopied() {
    byte[] bytes = {127, 0, 0, 1};
    Address.Inet address = Address.Inet.of(bytes, 80, 0);
    bytes[3] = 2;
    address.bytes()[3] = 3;
    assertEquals("127.0.0.1:80", address.toString());

    byte[] name = {'/', 'a'};
    Address.Unix unix = Address.Unix.of(name);
    name[1] = 'b';
    unix.bytes()[1] = 'c';
    assertEquals("/a", unix.toString());
  }

  @Test
  void theJdksAddressesAreTakenAndGiven() throws UnknownHostException {
    for (SocketAddress address :
        List.of(
            new InetSocketAddress("192.0.2.1", 80),
            new InetSocketAddress("2001:db8::1", 80),
            new InetSocketAddress("fe80::1%1", 80),
            UnixDomainSocketAddress.of("/a/path"),
            UnixDomainSocketAddress.of(""))) {
      assertEquals(address, Address.of(address).toSocketAddress());
    }
    InetAddress jdk = InetAddress.getByName("fe80::1%1");
    assertEquals(Address.parse("[fe80::1%lo]:9"), Address.Inet.of(jdk, 9));
    assertEquals(1, Address.Inet.of(new InetSocketAddress(jdk, 9)).scope());
    assertEquals(Address.Unix.UNNAMED, Address.of(UnixDomainSocketAddress.of("")));
    assertEquals(Path.of("/a/path"), Address.Unix.of(Path.of("/a/path")).path());
  }

  @Test
  void aNameIsToldUnnamedWhenItIsEmpty() {
    Address.Unix none = Address.Unix.UNNAMED;
    assertTrue(none.isUnnamed());
    assertFalse(none.isAbstract());
    assertEquals(none, Address.Unix.of(new byte[0]));
    assertEquals("", none.host());
    assertEquals("(unnamed)", none.toString());
    assertThrows(UnsupportedOperationException.class, none::path);
  }

  @Test
  void wrongPartsAreRefusedByTheirValue() {
    assertRefused("70000", () -> Address.Inet.of("127.0.0.1", 70_000));
    assertRefused("-1", () -> Address.Inet.of("::1", -1));
    assertRefused("65536", () -> Address.Inet.of(MAPPED, 65_536, 0));
    assertRefused("5 bytes", () -> Address.Inet.of(new byte[5], 80, 0));
    assertRefused("0 bytes", () -> Address.Inet.of(new byte[0], 80, 0));
    assertRefused("scope 3", () -> Address.Inet.of(new byte[4], 80, 3));
    assertRefused("\"localhost\"", () -> Address.Inet.of("localhost", 80));
    assertRefused("\"\"", () -> Address.Inet.of("", 80));
    assertRefused("127.0.0.1", () -> Address.Inet.of("127.0.0.1\0", 80));
    assertRefused("no-such-if", () -> Address.Inet.of("fe80::1%no-such-if", 80));
    assertRefused("109 bytes", () -> Address.Unix.of(new byte[109]));
    assertRefused("109 bytes", () -> Address.Unix.of(Path.of("/" + "p".repeat(108))));
    assertRefused("109 bytes", () -> Address.Unix.ofAbstract("p".repeat(108)));
    assertRefused("/a\\0b", () -> Address.Unix.of("/a\0b".getBytes(StandardCharsets.US_ASCII)));
    assertRefused(
        "unresolved", () -> Address.of(InetSocketAddress.createUnresolved("host.invalid", 80)));
    assertRefused(
        "InetSocketAddress",
        () ->
            Address.of(
                new SocketAddress() {
                  private static final long serialVersionUID = 1;
                }));
    assertThrows(NullPointerException.class, () -> Address.parse(null));
    assertThrows(NullPointerException.class, () -> Address.Inet.of((byte[]) null, 80, 0));
  }

  private static void assertRefused(String value, Executable call) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
    assertTrue(refused.getMessage().contains(value), refused::getMessage);
  }

  @Test
  void partsOfAPacketsAddress() {
    byte[] hardware = {2, 0, 0, 0, 0, 1};
    Address.Packet packet = Address.Packet.of(Interface.of(1), 0x0800, hardware);
    hardware[0] = 3;
    packet.bytes()[5] = 3;
    assertEquals(Interface.of(1), packet.via());
    assertEquals(0x0800, packet.protocol());
    assertEquals("02:00:00:00:00:01", packet.host());
    assertEquals(Address.Packet.HOST, packet.kind());
    assertEquals(0, packet.hardwareType());
    assertNotEquals(packet, Address.Packet.of(Interface.of(1), 0x0800));
    assertNotEquals(packet, Address.Packet.of(Interface.of(1), 0x0806, packet.bytes()));
    assertNotEquals(packet, Address.Packet.of(Interface.of(2), 0x0800, packet.bytes()));
    assertRefused("65536", () -> Address.Packet.of(Interface.ANY, 65_536));
    assertRefused("9 bytes", () -> Address.Packet.of(Interface.ANY, 0, new byte[9]));
    assertRefused(
        "127.0.0.1", () -> Address.Packet.of(Interface.of(InetAddress.ofLiteral("127.0.0.1")), 0));
    for (Address unknown : List.of(packet, Address.Netlink.KERNEL, Address.Vsock.of(2, 1))) {
      assertThrows(UnsupportedOperationException.class, unknown::toSocketAddress);
    }
  }

  @Test
  void anAddressBufferHoldsAnAddressOfAnyKind() {
    try (Arena arena = Arena.ofConfined()) {
      for (AddressBuffer buffer : List.of(new AddressBuffer(), new AddressBuffer(arena))) {
        assertNull(buffer.address());
        assertEquals(0, buffer.port());
        assertEquals("null", buffer.toString());
        for (Address address :
            List.of(
                Address.parse("192.0.2.1:80"),
                Address.parse("[fe80::1%lo]:65535"),
                Address.Unix.of("/".repeat(108).getBytes(StandardCharsets.US_ASCII)),
                Address.parse("192.0.2.2:1"),
                Address.Unix.ofAbstract("a\0"),
                Address.Unix.UNNAMED,
                Address.parse("packet:lo:0x0800:02:00:00:00:00:01"),
                Address.parse("packet:*"))) {
          assertEquals(address, buffer.set(address).address());
          assertEquals(address.port(), buffer.port());
          assertEquals(address.toString(), buffer.toString());
        }
        assertThrows(NullPointerException.class, () -> buffer.set(null));
      }
    }
  }
}
