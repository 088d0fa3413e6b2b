package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ICMP and ICMPv6: the other host's kernel answers. */
@Containers
class EchoIT {
  private static final String TEXT = "anybody there?";
  private static final int SEQUENCE = 7;

  private final Lab lab;
  private final Host alpha;
  private final Host beta;

  EchoIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    beta = lab.beta();
  }

  /**
   * A message of ICMP or ICMPv6.
   *
   * @param sender where it came from
   */
  private record Message(int type, int id, int sequence, String text, String sender) {
    static Message of(byte[] bytes, String sender) {
      ByteBuffer fields = ByteBuffer.wrap(bytes);
      return new Message(
          fields.get(0) & 0xFF,
          fields.getShort(4) & 0xFFFF,
          fields.getShort(6) & 0xFFFF,
          new String(bytes, 8, bytes.length - 8, StandardCharsets.UTF_8),
          sender);
    }
  }

  private static String protocol(Family family) {
    return family == Family.IPV4 ? "icmp" : "icmpv6";
  }

  private static int request(Family family) {
    return family == Family.IPV4 ? 8 : 128;
  }

  private static int reply(Family family) {
    return family == Family.IPV4 ? 0 : 129;
  }

  /** With a checksum, which the kernel makes for all but IPv4's raw sockets. */
  private static byte[] echo(Family family, int id) {
    ByteBuffer message = ByteBuffer.allocate(8 + TEXT.length());
    message.put((byte) request(family)).put((byte) 0).putShort((short) 0);
    message
        .putShort((short) id)
        .putShort((short) SEQUENCE)
        .put(TEXT.getBytes(StandardCharsets.UTF_8));
    int sum = 0;
    for (int i = 0; i < message.capacity(); i += 2) {
      sum += message.getShort(i) & 0xFFFF;
    }
    sum = (sum & 0xFFFF) + (sum >>> 16);
    return message.putShort(2, (short) ~((sum & 0xFFFF) + (sum >>> 16))).array();
  }

  private void send(RemoteSocket socket, Family family, int id) {
    socket.sendtoAddress(echo(family, id), alpha.to(beta, lab.east(), family), 0);
  }

  @ParameterizedTest
  @EnumSource
  void rawSocket(Family family) {
    int id = ThreadLocalRandom.current().nextInt(1 << 16);
    RemoteSocket observer = beta.peer().open(family.domain(), "raw", protocol(family));
    RemoteSocket socket = alpha.peer().open(family.domain(), "raw", protocol(family));
    send(socket, family, id);
    assertEcho(next(observer, family, request(family), id), beta.to(alpha, lab.east(), family));
    assertEcho(next(socket, family, reply(family), id), alpha.to(beta, lab.east(), family));
  }

  /** Raw sockets see all messages of the host; IPv4's with the IP header. */
  private static Message next(RemoteSocket socket, Family family, int type, int id) {
    while (true) {
      Datagram datagram = socket.recvfrom();
      byte[] bytes =
          family == Family.IPV4 ? new Packet(datagram.data()).payload() : datagram.data();
      Message message = Message.of(bytes, datagram.sender());
      if (message.type == type && message.id == id) {
        return message;
      }
    }
  }

  private static void assertEcho(Message message, String sender) {
    assertEquals(SEQUENCE, message.sequence);
    assertEquals(TEXT, message.text);
    assertEquals(Endpoint.of(sender, 0), message.sender);
  }

  @ParameterizedTest
  @EnumSource
  void pingSocket(Family family) {
    RemoteSocket socket = alpha.peer().open(family.domain(), "dgram", protocol(family));
    send(socket, family, 0);
    Datagram answer = socket.recvfrom();
    Message message = Message.of(answer.data(), answer.sender());
    assertEquals(reply(family), message.type);
    assertEquals(socket.port(), message.id);
    assertEcho(message, alpha.to(beta, lab.east(), family));
  }

  /** A host by its name, or its address as text; the port of a message is nothing to ICMP. */
  @ParameterizedTest
  @CsvSource({"raw, inet, icmp, IPV4", "dgram, inet, icmp, IPV4"})
  @CsvSource({"raw, inet6, icmpv6, UNIQUE_LOCAL", "dgram, inet6, icmpv6, UNIQUE_LOCAL"})
  void byName(String type, String domain, String protocol, Family family) {
    Host gamma = lab.gamma();
    for (String name : List.of("gamma", alpha.to(gamma, lab.east(), family))) {
      RemoteSocket observer = gamma.peer().open(domain, "raw", protocol);
      RemoteSocket socket = alpha.peer().open(domain, type, protocol);
      int id = 1 + ThreadLocalRandom.current().nextInt(60_000);
      socket.bind(null, type.equals("dgram") ? id : 0).sendto(echo(family, id), name, 0);
      assertEcho(next(observer, family, request(family), id), gamma.to(alpha, lab.east(), family));
    }
  }
}
