package nixio.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.net.InetAddresses;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What options write into the headers, as the receiving host sees it. */
@Containers
class HeaderIT {
  /** Expedited forwarding. */
  private static final int CLASS = 46 << 2;

  private static final int UDP_HEADER = 8;
  private static final int CHECKSUM = 10;

  private final Lab lab;
  private final Host alpha;
  private final Host beta;

  HeaderIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    beta = lab.beta();
  }

  private static String classOption(Family family) {
    return family == Family.IPV4 ? "tos" : "tclass";
  }

  @ParameterizedTest
  @EnumSource
  void trafficClassOfDatagrams(Family family) {
    RemoteSocket receiver = beta.peer().datagrams(family.domain());
    Capture capture = new Capture(beta, family);
    RemoteSocket sender = alpha.peer().datagrams(family.domain());
    for (int trafficClass : new int[] {0, CLASS, CLASS | 1}) {
      sender.set(family.level(), classOption(family), trafficClass);
      assertEquals(trafficClass, sender.number(family.level(), classOption(family)));
      sender.sendto("classy", alpha.to(beta, lab.east(), family), receiver.port());
      assertEquals(trafficClass, capture.next(receiver.port()).trafficClass());
      assertEquals("classy", receiver.recvfrom().text());
    }
  }

  /** A stream's receiver can ask for it: IP_PKTOPTIONS and IPV6_2292PKTOPTIONS. */
  @ParameterizedTest
  @CsvSource({"IPV4, 0, 13, 9, 1", "UNIQUE_LOCAL, 41, 66, 6, 67", "LINK_LOCAL, 41, 66, 6, 67"})
  void trafficClassOfStreams(Family family, int level, int wish, int options, int type) {
    RemoteSocket listener = beta.peer().listener(family.domain(), null).switchOn(level, wish);
    RemoteSocket client = alpha.peer().open(family.domain(), "stream");
    client.set(family.level(), classOption(family), CLASS);
    client.connect(alpha.to(beta, lab.east(), family), listener.port()).send("classy");
    RemoteSocket server = listener.accept().socket();
    assertEquals("classy", server.recv());

    ByteBuffer message =
        ByteBuffer.wrap(server.ancillary(level, options)).order(ByteOrder.nativeOrder());
    assertEquals(level, message.getInt(8));
    assertEquals(type, message.getInt(12));
    assertEquals(CLASS, message.getInt(16));
  }

  @ParameterizedTest
  @EnumSource
  void hopsOfDatagrams(Family family) {
    String option = family == Family.IPV4 ? "ttl" : "unicast_hops";
    RemoteSocket receiver = beta.peer().datagrams(family.domain());
    Capture capture = new Capture(beta, family);
    RemoteSocket sender = alpha.peer().datagrams(family.domain());
    for (int hops : new int[] {1, 77, 255}) {
      sender.set(family.level(), option, hops);
      assertEquals(hops, sender.number(family.level(), option));
      sender.sendto("hop", alpha.to(beta, lab.east(), family), receiver.port());
      assertEquals(hops, capture.next(receiver.port()).hops());
    }
  }

  @ParameterizedTest
  @EnumSource
  void hopsOfMulticast(Cast cast) {
    String option = cast == Cast.IPV4 ? "multicast_ttl" : "multicast_hops";
    String group = cast.newGroup();
    RemoteSocket receiver = cast.member(beta, lab.east(), group);
    Capture capture = new Capture(beta, cast.sender());
    RemoteSocket sender = cast.sender(alpha, lab.east());
    String destination = cast.destination(group, alpha.on(lab.east()));
    sender.sendto("next door", destination, receiver.port());
    assertEquals(1, capture.next(receiver.port()).hops());
    for (int hops : new int[] {9, 255}) {
      sender.set(cast.level(), option, hops);
      assertEquals(hops, sender.number(cast.level(), option));
      sender.sendto("farther", destination, receiver.port());
      assertEquals(hops, capture.next(receiver.port()).hops());
    }
  }

  @Test
  void handMadePacketArrivesAsMade() {
    RemoteSocket receiver = beta.peer().datagrams("inet");
    Capture capture = new Capture(beta, Family.IPV4);
    String from = alpha.on(lab.east()).ipv4();
    String to = beta.on(lab.east()).ipv4();
    byte[] made = packet(from, to, 4321, receiver.port());

    RemoteSocket raw = alpha.peer().open("inet", "raw", "udp").set("ip", "hdrincl", 1);
    raw.sendtoAddress(made, to, 0);

    byte[] arrived = capture.next(receiver.port()).bytes();
    assertEquals(0xFFFF, onesSum(arrived, 20), "the kernel's checksum");
    assertArrayEquals(withoutChecksum(made), withoutChecksum(arrived));
    Datagram datagram = receiver.recvfrom();
    assertEquals("hand-made", datagram.text());
    assertEquals(Endpoint.of(from, 4321), datagram.sender());
  }

  private static byte[] packet(String from, String to, int fromPort, int toPort) {
    byte[] text = "hand-made".getBytes(StandardCharsets.UTF_8);
    int length = 20 + UDP_HEADER + text.length;
    return ByteBuffer.allocate(length)
        .put(HexFormat.of().parseHex("4548")) // version 4, 20 bytes; a type of service
        .putShort((short) length)
        .put(HexFormat.of().parseHex("1234" + "4000" + "21" + "11")) // id, don't fragment, ttl, UDP
        .putShort((short) 0) // the checksum is the kernel's
        .put(address(from))
        .put(address(to))
        .putShort((short) fromPort)
        .putShort((short) toPort)
        .putShort((short) (UDP_HEADER + text.length))
        .putShort((short) 0) // none
        .put(text)
        .array();
  }

  private static byte[] address(String literal) {
    return InetAddresses.forString(literal).getAddress();
  }

  private static byte[] withoutChecksum(byte[] packet) {
    byte[] rest = packet.clone();
    Arrays.fill(rest, CHECKSUM, CHECKSUM + 2, (byte) 0);
    return rest;
  }

  private static int onesSum(byte[] bytes, int length) {
    int sum = 0;
    for (int i = 0; i < length; i += 2) {
      sum += ByteBuffer.wrap(bytes).getShort(i) & 0xFFFF;
    }
    return (sum & 0xFFFF) + (sum >>> 16);
  }
}
