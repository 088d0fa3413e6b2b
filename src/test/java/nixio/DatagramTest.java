package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;

/** Messages that keep their boundaries: UDP, UNIX datagrams and packets in sequence. */
class DatagramTest {
  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void messagesKeepTheirBoundaries(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.of("abc"));
      pair.first().send(Bytes.of("defgh"));
      MemorySegment buffer = Bytes.room(64);
      assertEquals("abc", Bytes.text(buffer, pair.second().recv(buffer)));
      assertEquals("defgh", Bytes.text(buffer, pair.second().recv(buffer)));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void anEmptyDatagramIsZeroBytesAndNoEnd(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment empty = MemorySegment.NULL;
      MemorySegment buffer = Bytes.room(8);
      AddressBuffer sender = new AddressBuffer();
      for (int i = 0; i < 5; i++) {
        assertEquals(0, pair.first().send(i == 0 ? MemorySegment.ofArray(new byte[0]) : empty));
      }
      assertEquals(0, pair.second().recv(buffer));
      assertEquals(0, pair.second().recvfrom(buffer, sender));
      assertEquals(pair.first().getsockname(), sender.address());
      assertEquals(0, pair.second().recv(Arena.ofAuto(), 8).byteSize());
      Received received = pair.second().recvfrom(Arena.ofAuto(), 8);
      assertEquals(0, received.data().byteSize());
      assertEquals(pair.first().getsockname(), received.sender());
      assertEquals(0, pair.second().recv(buffer, Msg.DONTWAIT));
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(buffer, Msg.DONTWAIT));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void aTruncatedMessageCanBeToldFromAWholeOne(Link link) throws Exception {
    try (Pair pair = link.open()) {
      for (int i = 0; i < 5; i++) {
        pair.first().send(Bytes.of("abcdefgh"));
      }
      MemorySegment buffer = Bytes.of("01234567");
      MemorySegment some = buffer.asSlice(0, 3);
      assertEquals(3, pair.second().recv(some), "silently, without the flag");
      assertEquals(8, pair.second().recv(some, Msg.TRUNC));
      assertEquals("abc34567", Bytes.text(buffer));
      assertEquals(8, pair.second().recvfrom(some, new AddressBuffer(), Msg.TRUNC));
      assertEquals(8, pair.second().recv(some, Msg.TRUNC.or(Msg.PEEK)), "the length ahead");
      byte[] heap = "0123".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      assertEquals(8, pair.second().recv(MemorySegment.ofArray(heap), Msg.TRUNC));
      assertEquals("abcd", Bytes.text(MemorySegment.ofArray(heap)));
      assertEquals("ab", Bytes.text(pair.second().recv(Arena.ofAuto(), 2)));
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(buffer, Msg.DONTWAIT));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void anEmptySegmentConsumesAMessage(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.of("abc"));
      pair.first().send(Bytes.of("def"));
      assertEquals(0, pair.second().recv(Bytes.room(8).asSlice(8)));
      MemorySegment buffer = Bytes.room(8);
      assertEquals("def", Bytes.text(buffer, pair.second().recv(buffer)));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void aMessageThatIsTooLongIsRefusedWhole(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().setopt(Option.SO_SNDBUF, 200_000);
      int sndbuf = pair.first().getopt(Option.SO_SNDBUF);
      boolean udp = link.domain != Domain.UNIX;
      MemorySegment tooLong = Bytes.room(udp ? 65_536 : sndbuf);
      NixioException refused = assertThrows(NixioException.class, () -> pair.first().send(tooLong));
      assertEquals(Errno.EMSGSIZE, refused.errno());
      assertEquals("send", refused.operation());
      if (udp) {
        long most = link.domain == Domain.INET ? 65_507 : 65_527;
        MemorySegment longest = Bytes.pattern(most);
        assertEquals(most, pair.first().send(longest));
        MemorySegment buffer = Bytes.room(most);
        assertEquals(most, pair.second().recv(buffer));
        assertEquals(-1, longest.mismatch(buffer));
      }
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(Bytes.room(8), Msg.DONTWAIT));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void eachMessageComesWithItsSender(Link link) throws Exception {
    try (Socket receiver = link.bound();
        Socket one = link.bound();
        Socket two = link.bound()) {
      Address to = receiver.getsockname();
      AddressBuffer sender = new AddressBuffer();
      MemorySegment buffer = Bytes.room(8);

      one.sendto(Bytes.of("1"), to);
      assertEquals(1, receiver.recvfrom(buffer, sender));
      assertEquals(one.getsockname(), sender.address());
      assertEquals(one.getsockname().port(), sender.port());

      two.sendto(Bytes.of("2"), new AddressBuffer().set(to), Msg.NONE);
      Received received = receiver.recvfrom(Arena.ofAuto(), 8);
      assertEquals(two.getsockname(), received.sender());

      assertEquals(1, receiver.sendto(Bytes.of("3"), sender));
      assertEquals(1, one.recvfrom(buffer, sender));
      assertEquals(to, sender.address());
      assertEquals(1, receiver.sendto(Bytes.of("4"), received.sender(), Msg.DONTWAIT));
      assertEquals(1, two.recv(buffer));

      assertEquals(Socket.WOULD_BLOCK, receiver.recvfrom(buffer, sender.set(to), Msg.DONTWAIT));
      assertNull(sender.address(), "nobody has sent");
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void sendtoTakesAHostAndAPart(Link link) throws Exception {
    try (Socket receiver = link.bound();
        Socket sender = link.socket()) {
      Address to = receiver.getsockname();
      MemorySegment buffer = Bytes.room(8);
      assertEquals(4, sender.sendto(Bytes.of("abcd"), to.host(), to.port()));
      assertEquals("abcd", Bytes.text(buffer, receiver.recv(buffer)));
      assertEquals(2, sender.sendto(Bytes.of("abcd"), to.host(), to.port(), 1, 2));
      assertEquals("bc", Bytes.text(buffer, receiver.recv(buffer)));
      assertEquals(0, sender.sendto(Bytes.of("abcd"), to.host(), to.port(), 4, 0));
      assertEquals(0, receiver.recv(buffer));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void aConnectedSocketHearsItsPeerAlone(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket stranger = link.bound()) {
      Address to = pair.second().getsockname();
      if (link == Link.UNIX_DGRAM) {
        assertEquals(
            Errno.EPERM,
            assertThrows(NixioException.class, () -> stranger.sendto(Bytes.of("?"), to)).errno());
      } else {
        stranger.sendto(Bytes.of("?"), to);
        assertEquals(Socket.WOULD_BLOCK, pair.second().recv(Bytes.room(8), Msg.DONTWAIT));
      }
      pair.first().send(Bytes.of("!"));
      MemorySegment buffer = Bytes.room(8);
      assertEquals("!", Bytes.text(buffer, pair.second().recv(buffer)));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aConnectedSocketCanSendToOthers(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket other = link.bound()) {
      pair.first().sendto(Bytes.of("abc"), other.getsockname());
      MemorySegment buffer = Bytes.room(8);
      assertEquals(3, other.recv(buffer));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aRefusalIsReportedOnceOnAConnectedSocket(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.second().close();
      pair.first().send(Bytes.of("x"));
      MemorySegment buffer = Bytes.room(8);
      NixioException refused = assertThrows(NixioException.class, () -> pair.first().recv(buffer));
      assertEquals(Errno.ECONNREFUSED, refused.errno());
      assertEquals(Socket.WOULD_BLOCK, pair.first().recv(buffer, Msg.DONTWAIT));

      pair.first().send(Bytes.of("x"));
      assertEquals(
          Errno.ECONNREFUSED,
          assertThrows(NixioException.class, () -> pair.first().send(buffer)).errno());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aRefusalEndsAReceiveThatWaits(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Task<Long> receiving = threads.start(() -> pair.first().recv(Bytes.room(8)));
      receiving.awaitBlocked();
      pair.second().close();
      pair.first().send(Bytes.of("x"));
      assertEquals(Errno.ECONNREFUSED, receiving.failure(NixioException.class).errno());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void sendNeedsAPeer(Link link) throws Exception {
    try (Socket socket = link.bound()) {
      NixioException failure = assertThrows(NixioException.class, () -> socket.send(Bytes.of("x")));
      assertEquals(link == Link.UNIX_DGRAM ? Errno.ENOTCONN : Errno.EDESTADDRREQ, failure.errno());
      assertEquals(Errno.ENOTCONN, assertThrows(NixioException.class, socket::getpeername).errno());
    }
  }

  @OnBothThreads
  void broadcastNeedsItsOption() throws Exception {
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("0.0.0.0", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0)) {
      Address to = Address.Inet.of("127.255.255.255", receiver.getsockname().port());
      NixioException refused =
          assertThrows(NixioException.class, () -> sender.sendto(Bytes.of("x"), to));
      assertEquals(Errno.EACCES, refused.errno());
      assertEquals(to, refused.address());
      assertTrue(refused.getMessage().contains("SO_BROADCAST"), refused::getMessage);
      sender.setopt(Option.SO_BROADCAST, true).sendto(Bytes.of("abc"), to);
      assertEquals(3, receiver.recv(Bytes.room(8)));
    }
  }

  @OnBothThreads(links = {Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void aFullQueueMakesABlockingSenderWaitAndLosesNothing(Link link, Threads threads)
      throws Exception {
    try (Pair pair = link.open()) {
      int count = 2000;
      Task<Void> sending =
          threads.start(() -> {
            for (int i = 0; i < count; i++) {
              MemorySegment message = Bytes.of("message " + i);
              assertEquals(message.byteSize(), pair.first().send(message));
            }
            return null;
          });
      sending.awaitBlocked();
      MemorySegment buffer = Bytes.room(64);
      for (int i = 0; i < count; i++) {
        assertEquals("message " + i, Bytes.text(buffer, pair.second().recv(buffer)));
      }
      sending.get();
    }
  }

  @OnBothThreads
  void aFullQueueMakesABlockingSendtoWait(Threads threads) throws Exception {
    try (Socket receiver = Link.UNIX_DGRAM.bound();
        Socket sender = Link.UNIX_DGRAM.socket()) {
      Address to = receiver.getsockname();
      MemorySegment message = Bytes.of("abc");
      int queued = 0;
      while (sender.sendto(message, to, Msg.DONTWAIT) != Socket.WOULD_BLOCK) {
        queued++;
      }
      Task<Long> sending = threads.start(() -> sender.sendto(message, to));
      sending.awaitBlocked();
      MemorySegment buffer = Bytes.room(8);
      for (int i = 0; i <= queued; i++) {
        assertEquals(3, receiver.recv(buffer));
      }
      assertEquals(3, sending.get());
    }
  }

  @OnBothThreads
  void anEmptyPacketInSequenceLooksLikeTheEnd() throws Exception {
    try (Pair pair = Link.UNIX_SEQPACKET.open()) {
      pair.first().send(MemorySegment.NULL);
      pair.first().send(Bytes.of("abc"));
      MemorySegment buffer = Bytes.room(8);
      assertEquals(Socket.EOF, pair.second().recv(buffer));
      assertEquals(3, pair.second().recv(buffer));
    }
  }

  @OnBothThreads
  void aRawSocketSendsAndReceivesWholePackets() throws Exception {
    try (Socket socket = raw()) {
      MemorySegment request = Bytes.room(64);
      short id = (short) ThreadLocalRandom.current().nextInt();
      request.set(ValueLayout.JAVA_BYTE, 0, (byte) 8); // an echo request
      request.set(ValueLayout.JAVA_SHORT, 4, id);
      request.set(ValueLayout.JAVA_SHORT, 2, checksum(request));
      assertEquals(64, socket.sendto(request, Address.Inet.of("127.0.0.1", 0)));
      AddressBuffer sender = new AddressBuffer();
      MemorySegment packet = Bytes.room(200);
      boolean mine = false;
      while (!mine) { // others may ping too
        assertEquals(84, socket.recvfrom(packet, sender));
        boolean reply = packet.get(ValueLayout.JAVA_BYTE, 20) == 0;
        mine = reply && packet.get(ValueLayout.JAVA_SHORT, 24) == id;
      }
      assertEquals(0x45, packet.get(ValueLayout.JAVA_BYTE, 0), "the IP header");
      assertEquals(Address.Inet.of("127.0.0.1", 0), sender.address());
      assertEquals(Protocol.ICMP, socket.protocol());
    }
  }

  private static Socket raw() throws IOException {
    try {
      return Socket.open(Domain.INET, Type.RAW, Protocol.ICMP);
    } catch (NixioException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  /** The Internet's checksum, RFC 1071; the order of the bytes does not matter to it. */
  private static short checksum(MemorySegment data) {
    int sum = 0;
    for (long at = 0; at < data.byteSize(); at += 2) {
      sum += Short.toUnsignedInt(data.get(ValueLayout.JAVA_SHORT, at));
    }
    return (short) ~((sum & 0xFFFF) + (sum >>> 16));
  }

  @OnBothThreads
  void aMulticastGroupOfThisMachineHearsASender(Threads threads) throws Exception {
    Link.demandIpv6();
    InterfaceAddress via =
        Nixio.getifaddrs().stream()
            .filter(entry -> entry.isUp() && entry.isMulticast())
            .filter(entry -> entry.address() != null && entry.family().equals("inet6"))
            .findFirst()
            .orElse(null);
    assumeTrue(via != null, "no interface is up and does IPv6 multicast");
    try (Socket receiver = Link.UDP6.socket().bind("::", 0);
        Socket sender = Link.UDP6.socket()) {
      Interface on = Interface.of(via.index());
      receiver.setopt(Option.IPV6_ADD_MEMBERSHIP, Membership.of("ff01::4e49", on));
      sender.setopt(Option.IPV6_MULTICAST_IF, on);
      Address to =
          Address.parse("[ff01::4e49%" + via.name() + "]:" + receiver.getsockname().port());
      Task<Received> receiving = threads.start(() -> receiver.recvfrom(Arena.ofAuto(), 64));
      receiving.awaitBlocked();
      sender.sendto(Bytes.of("hello"), to);
      Received received = receiving.get();
      assertEquals("hello", Bytes.text(received.data()));
      assertEquals(sender.getsockname().port(), received.sender().port());
    }
  }

  @OnBothThreads
  void aLinkLocalAddressHasAScopeInEveryAnswer() throws Exception {
    Address.Inet local = linkLocal();
    assumeTrue(local != null, "no interface has a link-local IPv6 address");
    try (Socket receiver = Link.UDP6.socket().bind(local);
        Socket sender = Link.UDP6.socket().bind(local)) {
      Address.Inet to = (Address.Inet) receiver.getsockname();
      assertEquals(local.scope(), to.scope());
      assertTrue(to.host().contains("%"), to::host);
      assertEquals(to, Address.parse(to.toString()));

      sender.sendto(Bytes.of("x"), to.host(), to.port());
      AddressBuffer from = new AddressBuffer();
      receiver.recvfrom(Bytes.room(8), from);
      assertEquals(sender.getsockname(), from.address());
      receiver.connect(from.address());
      assertEquals(sender.getsockname(), receiver.getpeername());
      receiver.send(Bytes.of("y"));
      assertEquals(1, sender.recvall(Bytes.room(1), Duration.ofSeconds(20)));
    }
  }

  private static Address.Inet linkLocal() throws IOException {
    for (InterfaceAddress entry : Nixio.getifaddrs()) {
      if (entry.isUp() && entry.address() != null && entry.address().scope() != 0) {
        return entry.address();
      }
    }
    return null;
  }
}
