package nixio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nixio.posix.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Control messages, as another process or another socket sees them. */
class MessagesTest {
  private static final int ROOM = 512;

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private static Batch batch(int messages) {
    return Batch.of(messages, 2000, ROOM);
  }

  private static String host(Link link) {
    return link.domain == Domain.INET ? "127.0.0.1" : "::1";
  }

  /** Sets the option of IPv4 or that of IPv6. */
  private static Socket tells(Socket socket, Option<Boolean> four, Option<Boolean> six)
      throws IOException {
    return socket.setopt(socket.domain() == Domain.INET ? four : six, true);
  }

  private static Socket receiver(Link link) throws IOException {
    Socket socket = link.bound();
    tells(socket, Option.IP_RECVTTL, Option.IPV6_RECVHOPLIMIT);
    tells(socket, Option.IP_RECVTOS, Option.IPV6_RECVTCLASS);
    tells(socket, Option.IP_PKTINFO, Option.IPV6_RECVPKTINFO);
    return socket.setopt(Option.SO_RCVTIMEO, Duration.ofSeconds(20));
  }

  private static void assertNothing(Control control) {
    assertEquals(Control.NONE, control.ttl());
    assertEquals(Control.NONE, control.trafficClass());
    assertEquals(Control.NONE, control.ecn());
    assertEquals(Control.NONE, control.interfaceIndex());
    assertNull(control.destination());
    assertNull(control.originalDestination());
    assertEquals(Control.NONE, control.timestamp());
    assertEquals(Control.NONE, control.hardwareTimestamp());
    assertEquals(Control.NONE, control.dropped());
    assertEquals(Control.NONE, control.mark());
    assertEquals(0, control.segmentSize());
    assertEquals(Control.NONE, control.wireLength());
    assertEquals(Control.NONE, control.networkOffset());
    assertFalse(control.hasVlan());
    assertEquals(Control.NONE, control.vlan());
    assertEquals(Control.NONE, control.vlanProtocol());
    assertFalse(control.isChecksumValid());
    assertFalse(control.isChecksumMissing());
    assertEquals(Control.NONE, control.pid());
    assertEquals(Control.NONE, control.uid());
    assertEquals(Control.NONE, control.gid());
    assertNull(control.credentials());
    assertEquals(0, control.descriptors());
    assertFalse(control.hasError());
    assertNull(control.error());
    assertNull(control.offender());
    assertEquals(Control.NONE, control.errorNumber());
    assertEquals(Control.NONE, control.first());
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void whatWasNotAskedForIsNotThere(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = batch(1)) {
      assertNothing(batch.control(0));
      pair.first().send(Bytes.of("x"));
      pair.second().recvmsg(batch);
      assertNothing(batch.control(0));
      assertEquals(0, batch.segmentSize(0));
    }
  }

  /** Sent by Python, with hops and class of its own. */
  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void hopsClassAndDestinationOfAnotherProcessAreRead(Link link) throws Exception {
    String sends =
        """
        import socket, sys
        six = ':' in sys.argv[1]
        s = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)
        if six:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, 37)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, 0x2e << 2 | 1)
        else:
            s.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 37)
            s.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0x2e << 2 | 1)
        s.sendto(b'hello', (sys.argv[1], int(sys.argv[2])))
        """;
    try (Socket socket = receiver(link);
        Batch batch = batch(4);
        Python python = Python.start(sends, host(link), socket.getsockname().port())) {
      assertEquals(1, socket.recvmmsg(batch));
      Control control = batch.control(0);
      assertEquals(37, control.ttl());
      assertEquals(0x2e << 2 | 1, control.trafficClass());
      assertEquals(1, control.ecn());
      assertEquals(Interface.of("lo").index(), control.interfaceIndex());
      assertEquals(Address.Inet.of(host(link), 0), control.destination());
      assertFalse(batch.isControlTruncated(0));
      python.end();
    }
  }

  /** Received by Python, which tells what came. */
  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void anotherProcessSeesHopsClassAndSource(Link link) throws Exception {
    String receives =
        """
        import socket, struct, sys
        six = ':' in sys.argv[1]
        s = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)
        s.bind((sys.argv[1], 0))
        s.settimeout(20)
        if six:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVTCLASS, 1)
            wanted = [(socket.IPPROTO_IPV6, socket.IPV6_HOPLIMIT), (socket.IPPROTO_IPV6, socket.IPV6_TCLASS)]
        else:
            s.setsockopt(socket.IPPROTO_IP, 12, 1)
            s.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
            wanted = [(socket.IPPROTO_IP, socket.IP_TTL), (socket.IPPROTO_IP, socket.IP_TOS)]
        print(s.getsockname()[1])
        for i in range(2):
            data, anc, flags, peer = s.recvmsg(100, 200)
            found = {(l, t): int.from_bytes(d, sys.byteorder) for l, t, d in anc}
            print(peer[0], *[found[w] for w in wanted])
        """;
    try (Python python = Python.start(receives, host(link));
        Socket socket = link.socket();
        Batch batch = batch(1)) {
      Address to = Address.Inet.of(host(link), python.number());
      String source = link.domain == Domain.INET ? "127.0.0.99" : "::1";
      batch.add(Bytes.of("x"), to);
      batch.control(0).ttl(9).trafficClass(0x88).source(Address.Inet.of(source, 0));
      assertEquals(9, batch.control(0).ttl());
      assertEquals(1, socket.sendmsg(batch));
      assertEquals(source + " 9 " + 0x88, python.line());
      batch.control(0).ttl(200).trafficClass(3).source(Interface.of("lo"));
      assertEquals(1, socket.sendmmsg(batch));
      assertEquals(host(link) + " 200 3", python.line());
      python.end();
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void theAnswerGoesOutByTheAddressThatTheQuestionCameTo(Link link) throws Exception {
    String host = link.domain == Domain.INET ? "127.0.0.77" : "::1";
    try (Socket server = link.socket().bind(link.domain == Domain.INET ? "0.0.0.0" : "::", 0);
        Socket client = link.bound();
        Batch batch = batch(1);
        Batch answer = batch(1)) {
      tells(server, Option.IP_PKTINFO, Option.IPV6_RECVPKTINFO);
      Address to = Address.Inet.of(host, server.getsockname().port());
      answer.add(Bytes.of("question"), to);
      client.sendmsg(answer);
      server.recvmsg(batch);
      AddressBuffer destination = new AddressBuffer();
      assertTrue(batch.control(0).destination(destination));
      assertEquals(Address.Inet.of(host, 0), destination.address());
      batch.control(0).source(destination, batch.control(0).interfaceIndex());
      server.sendmsg(batch);
      client.recvmsg(answer);
      assertEquals(to, answer.peer(0).address());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void whatIsSentBackGoesWithoutWhatItCameWith(Link link) throws Exception {
    try (Socket server = receiver(link);
        Socket client = receiver(link);
        Batch batch = batch(1)) {
      batch.add(Bytes.of("x"), server.getsockname());
      batch.control(0).ttl(7).trafficClass(9);
      client.sendmsg(batch);
      server.recvmsg(batch);
      assertEquals(7, batch.control(0).ttl());
      server.sendmsg(batch);
      client.recvmsg(batch);
      assertNotEquals(7, batch.control(0).ttl());
      assertEquals(0, batch.control(0).trafficClass());
      // what is written takes the place of all that was received
      server.sendto(Bytes.of("y"), client.getsockname());
      client.recvmsg(batch);
      batch.control(0).trafficClass(4);
      assertEquals(Control.NONE, batch.control(0).ttl());
    }
  }

  /** A socket of IPv6 that speaks IPv4: the control messages are those of both. */
  @OnBothThreads
  void aDualStackSocketTellsOfIpv4() throws Exception {
    Link.demandIpv6();
    try (Socket server =
            Socket.open(Domain.INET6, Type.DGRAM)
                .setopt(Option.IPV6_V6ONLY, false)
                .setopt(Option.IPV6_RECVPKTINFO, true)
                .setopt(Option.IP_RECVTTL, true)
                .bind("::", 0);
        Socket client = Socket.open(Domain.INET, Type.DGRAM);
        Socket receiver = receiver(Link.UDP);
        Batch batch = batch(1)) {
      batch.add(Bytes.of("x"), Address.Inet.of("127.0.0.5", server.getsockname().port()));
      batch.control(0).ttl(77);
      client.sendmsg(batch);
      server.recvmsg(batch);
      assertEquals(77, batch.control(0).ttl());
      assertEquals("::ffff:127.0.0.5", batch.control(0).destination().host());

      batch.clear();
      int port = receiver.getsockname().port();
      batch.add(Bytes.of("x"), Address.parse("[::ffff:127.0.0.1]:" + port));
      batch.control(0).ttl(78).source(Address.parse("[::ffff:127.0.0.6]:0"));
      server.sendmsg(batch);
      receiver.recvmsg(batch);
      assertEquals(78, batch.control(0).ttl());
      assertEquals("127.0.0.6", batch.peer(0).address().host());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void timestampsAreOfNow(Link link) throws Exception {
    for (Option<Boolean> option : List.of(Option.SO_TIMESTAMP, Option.SO_TIMESTAMPNS)) {
      try (Pair pair = link.open();
          Batch batch = batch(1)) {
        pair.second().setopt(option, true);
        long before = now() - 1000; // SO_TIMESTAMP tells microseconds
        pair.first().send(Bytes.of("x"));
        pair.second().recvmsg(batch);
        assertNow(before, batch.control(0));
        assertEquals(Control.NONE, batch.control(0).hardwareTimestamp());
      }
    }
  }

  private static void assertNow(long before, Control control) {
    long after = now();
    long told = control.timestamp();
    assertTrue(before <= told && told <= after, () -> before + " " + told + " " + after);
  }

  private static long now() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  private static void awaitError(Socket socket, Batch batch) throws Exception {
    Await.until("queue of errors", () -> socket.recvmsg(batch, Msg.ERRQUEUE) >= 0);
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.TCP, Link.TCP6})
  void whatWasSentHasTimestampsInTheQueueOfErrors(Link link) throws Exception {
    Timestamping wanted =
        Timestamping.TX_SOFTWARE
            .or(Timestamping.RX_SOFTWARE)
            .or(Timestamping.SOFTWARE)
            .or(Timestamping.OPT_ID);
    try (Pair pair = link.open();
        Batch batch = batch(1)) {
      pair.first().setopt(Option.SO_TIMESTAMPING, wanted);
      pair.second().setopt(Option.SO_TIMESTAMPING, wanted);
      long before = now();
      for (int i = 0; i < 2; i++) {
        pair.first().send(Bytes.of("abc"));
        awaitError(pair.first(), batch);
        Control control = batch.control(0);
        assertTrue(control.hasError());
        assertEquals(0, control.error().type());
        assertEquals(QueuedError.Origin.TIMESTAMP, control.error().origin());
        assertEquals(QueuedError.SENT, control.errorInfo());
        // a stream counts bytes, and names the last of a send
        assertEquals(link.isStream() ? 3 * i + 2 : i, control.errorData());
        assertNow(before, control);
        assertEquals("abc", Bytes.text(batch.data(0)).substring((int) batch.length(0) - 3));
      }
      Await.until( // the kernel begins to stamp some time after it was told to
          "timestamp",
          () -> {
            pair.first().send(Bytes.of("abc"));
            pair.second().recvmsg(batch);
            return batch.control(0).timestamp() != Control.NONE;
          });
      assertNow(before, batch.control(0));
    }
  }

  /** An address that nobody has any more. */
  private static Address deaf(Link link) throws IOException {
    try (Socket socket = link.bound()) {
      return socket.getsockname();
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void theQueueOfErrorsTellsWhoSaidWhat(Link link) throws Exception {
    Address nobody = deaf(link);
    try (Socket socket = link.bound();
        Batch batch = batch(1)) {
      tells(socket, Option.IP_RECVERR, Option.IPV6_RECVERR);
      socket.sendto(Bytes.of("anybody?"), nobody);
      awaitError(socket, batch);
      QueuedError error = batch.control(0).error();
      assertEquals(Errno.ECONNREFUSED, error.errno());
      assertEquals(Errno.ECONNREFUSED.number(), batch.control(0).errorNumber());
      boolean six = link == Link.UDP6;
      assertEquals(six ? QueuedError.Origin.ICMPV6 : QueuedError.Origin.ICMP, error.origin());
      assertEquals(six ? 1 : 3, error.type(), "destination unreachable");
      assertEquals(six ? 4 : 3, error.code(), "port unreachable");
      assertEquals(host(link), error.offender().host());
      assertEquals("anybody?", Bytes.text(batch.data(0)));
      assertEquals(nobody, batch.peer(0).address());
      assertEquals(Socket.WOULD_BLOCK, socket.recvmsg(batch, Msg.ERRQUEUE));
      assertFalse(batch.control(0).hasError());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void theMtuIsToldWithADatagramThatIsTooLong(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = Batch.of(1, 70_000, ROOM)) {
      Socket socket = pair.first();
      tells(socket, Option.IP_RECVERR, Option.IPV6_RECVERR);
      socket.setopt(
          link == Link.UDP ? Option.IP_MTU_DISCOVER : Option.IPV6_MTU_DISCOVER, 2 /* always */);
      socket.setopt(Option.SO_SNDBUF, 1 << 20);
      NixioException failure =
          assertThrows(NixioException.class, () -> socket.send(Bytes.room(65_530)));
      assertEquals(Errno.EMSGSIZE, failure.errno());
      if (socket.recvmsg(batch, Msg.ERRQUEUE) >= 0) { // longer than IPv4 itself allows: not told
        assertEquals(QueuedError.Origin.LOCAL, batch.control(0).error().origin());
        assertEquals(link == Link.UDP ? 65_535 : 65_536, batch.control(0).errorInfo());
      }
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.TCP})
  @ResourceLock(ZeroCopyTest.PINNED)
  void sendsWithoutACopyAreToldWhenTheyAreDone(Link link) throws Exception {
    ZeroCopyTest.mayPinMemory();
    try (Pair pair = link.open();
        Batch sent = batch(1);
        Batch batch = batch(1)) {
      pair.first().setopt(Option.SO_ZEROCOPY, true);
      sent.length(0, 1000).count(1);
      for (int i = 0; i < 3; i++) {
        assertEquals(1000, pair.first().sendmsg(sent, Msg.ZEROCOPY));
        pair.second().recvmsg(batch);
      }
      long next = 0;
      while (next < 3) {
        awaitError(pair.first(), batch);
        Control control = batch.control(0);
        assertEquals(QueuedError.Origin.ZEROCOPY.number(), control.errorOrigin());
        assertEquals(next, control.errorInfo());
        assertTrue(control.errorData() >= next && control.errorData() < 3);
        next = control.errorData() + 1;
      }
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void droppedMessagesAreCounted(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = batch(1)) {
      pair.second().setopt(Option.SO_RXQ_OVFL, true).setopt(Option.SO_RCVBUF, 1);
      int sent = 20;
      for (int i = 0; i < sent; i++) {
        pair.first().send(Bytes.room(1000));
      }
      int received = 0;
      while (pair.second().recvmsg(batch, Msg.DONTWAIT) >= 0) {
        received++;
      }
      assertTrue(received < sent);
      pair.first().send(Bytes.of("x"));
      pair.second().recvmsg(batch);
      assertEquals(sent - received, batch.control(0).dropped());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void marksGoWithMessages(Link link) throws Exception {
    assumeTrue(Capability.CAP_NET_ADMIN.isHeld(), "marks need CAP_NET_ADMIN");
    try (Pair pair = link.open();
        Batch batch = batch(1)) {
      pair.second().setopt(Option.SO_RCVMARK, true);
      batch.length(0, 1).count(1);
      batch.control(0).mark(0x89abcdef);
      pair.first().sendmsg(batch);
      pair.second().recvmsg(batch);
      assertEquals(0x89abcdefL, batch.control(0).mark());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void theOriginalDestinationIsTold(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = batch(1)) {
      tells(pair.second(), Option.IP_RECVORIGDSTADDR, Option.IPV6_RECVORIGDSTADDR);
      pair.first().send(Bytes.of("x"));
      pair.second().recvmsg(batch);
      assertEquals(pair.second().getsockname(), batch.control(0).originalDestination());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aTimeToSendAtIsTakenWithoutAQueueThatKnowsOfIt(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = batch(1)) {
      pair.first().setopt(Option.SO_TXTIME, TransmitTimes.of(TransmitTimes.Clock.MONOTONIC));
      batch.length(0, 1).count(1);
      batch.control(0).transmitTime(System.nanoTime() + MINUTE);
      assertEquals(1, pair.first().sendmsg(batch));
      assertEquals(1, pair.second().recvmsg(batch));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void eachOfManyHasItsOwnSegmentSizeAndTime(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch sent = Batch.of(3, 9000, ROOM);
        Batch batch = Batch.of(8, 9000, ROOM)) {
      pair.second().setopt(Option.UDP_GRO, true).setopt(Option.SO_TIMESTAMPNS, true);
      tells(pair.second(), Option.IP_RECVTTL, Option.IPV6_RECVHOPLIMIT);
      for (int i = 0; i < 3; i++) {
        sent.length(i, 2500 + i).segmentSize(i, 1000 + 100 * i).count(i + 1);
        sent.control(i).ttl(10 + i);
        pair.first().sendmmsg(sent, i);
      }
      assertEquals(3, pair.second().recvmmsg(batch));
      for (int i = 0; i < 3; i++) {
        assertEquals(2500 + i, batch.length(i));
        assertEquals(1000 + 100 * i, batch.segmentSize(i));
        assertEquals(10 + i, batch.control(i).ttl());
        long earlier = i == 0 ? now() - MINUTE : batch.control(i - 1).timestamp();
        assertTrue(batch.control(i).timestamp() > earlier);
      }
      assertTrue(batch.control(2).timestamp() <= now());
    }
  }

  @OnBothThreads(links = {Link.UNIX_DGRAM, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void credentialsAreOursUnlessWeMaySayOtherwise(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch sent = batch(1);
        Batch batch = batch(1)) {
      pair.second().setopt(Option.SO_PASSCRED, true);
      sent.length(0, 1).count(1);
      pair.first().sendmsg(sent);
      pair.second().recvmsg(batch);
      Control control = batch.control(0);
      Credentials ours = control.credentials();
      assertEquals(ProcessHandle.current().pid(), ours.pid());
      assertEquals(ours, new Credentials(control.pid(), control.uid(), control.gid()));
      assertNotEquals(Control.NONE, ours.uid());
      sent.control(0).credentials(ours);
      pair.first().sendmsg(sent);
      pair.second().recvmsg(batch);
      assertEquals(ours, control.credentials());

      sent.control(0).credentials(new Credentials(1, ours.uid(), ours.gid()));
      if (ours.uid() == 0) {
        pair.first().sendmsg(sent);
        pair.second().recvmsg(batch);
        assertEquals(1, control.pid());
      } else {
        assertEquals(
            Errno.EPERM,
            assertThrows(NixioException.class, () -> pair.first().sendmsg(sent)).errno());
      }
    }
  }

  @OnBothThreads(links = {Link.UNIX_DGRAM, Link.UNIX_STREAM})
  void credentialsOfAnotherProcessAreItsOwn(Link link) throws Exception {
    String sends =
        """
        import os, socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM if sys.argv[2] == 'stream' else socket.SOCK_DGRAM)
        s.connect(chr(0) + sys.argv[1])
        s.send(b'x')
        sys.stdin.readline()
        """;
    String name = "nixio-credentials-" + System.nanoTime();
    try (Socket bound = link.socket().bind("\0" + name)) {
      bound.setopt(Option.SO_PASSCRED, true);
      if (link.isStream()) {
        bound.listen(1);
      }
      try (Python python = Python.start(sends, name, link.isStream() ? "stream" : "datagram");
          Socket socket = link.isStream() ? bound.accept().socket() : bound;
          Batch batch = batch(1)) {
        socket.recvmsg(batch);
        assertEquals(python.pid(), batch.control(0).pid());
        if (link.isStream()) {
          assertEquals(python.pid(), socket.getopt(Option.SO_PEERCRED).pid());
        }
        python.tell("").end();
      }
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void whatHasNoNameIsReadAndWritten(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = batch(1)) {
      tells(pair.second(), Option.IP_RECVTTL, Option.IPV6_RECVHOPLIMIT);
      pair.second().setopt(Option.SO_TIMESTAMPNS, true);
      batch.length(0, 1).count(1);
      boolean six = link == Link.UDP6;
      int level = six ? Constants.IPPROTO_IPV6 : Constants.IPPROTO_IP;
      int type = six ? Constants.IPV6_HOPLIMIT : Constants.IP_TTL;
      MemorySegment hops = MemorySegment.ofArray(new int[] {42});
      batch.control(0).add(level, type, hops);
      pair.first().sendmsg(batch);
      pair.second().recvmsg(batch);
      Control control = batch.control(0);
      int found = 0;
      int last = Control.NONE;
      for (int at = control.first(); at != Control.NONE; at = control.next(at)) {
        if (control.level(at) == level && control.type(at) == type) {
          assertEquals(42, control.data(at).get(ValueLayout.JAVA_INT, 0));
        }
        assertTrue(control.data(at).isReadOnly());
        last = at;
        found++;
      }
      assertEquals(2, found);
      int none = last + 8;
      assertThrows(IndexOutOfBoundsException.class, () -> control.level(none));
      assertThrows(IndexOutOfBoundsException.class, () -> control.next(4));
      assertThrows(IndexOutOfBoundsException.class, () -> control.data(-8));
      assertThrows(IndexOutOfBoundsException.class, () -> control.type(1 << 20));
    }
  }

  @Test
  void whatIsWrittenAgainReplacesAndWhatIsForgottenIsGone() {
    try (Batch batch = batch(1)) {
      Control control = batch.control(0);
      control.ttl(1).trafficClass(2).ttl(3).segmentSize(100).mark(4).segmentSize(200).mark(5);
      assertEquals(3, control.ttl());
      assertEquals(2, control.trafficClass());
      assertEquals(200, control.segmentSize());
      assertEquals(5, control.mark());
      assertEquals(6, count(control));
      control.segmentSize(0);
      assertEquals(5, count(control));
      assertEquals(0, control.segmentSize());
      assertEquals(5, control.mark());
      control.add(1, 2, Bytes.of("abcdefgh")).add(1, 3, Bytes.of("x")).add(1, 2, Bytes.of("ab"));
      assertEquals(7, count(control));
      assertEquals(3, control.ttl());
      control.source(Address.Inet.of("127.0.0.1", 0)).source(Address.Inet.of("::1", 0));
      assertEquals(8, count(control));
      control.source(Interface.of(1));
      assertEquals(9, count(control));
      assertNothing(control.clear());
    }
  }

  private static int count(Control control) {
    int count = 0;
    for (int at = control.first(); at != Control.NONE; at = control.next(at)) {
      count++;
    }
    return count;
  }

  @Test
  void howMuchRoomIsNeededIsTold() {
    long hops = 2 * Control.space(4);
    try (Batch tight = Batch.of(1, 1, hops);
        Batch batch = Batch.of(1, 1, hops - 1);
        Batch none = Batch.of(1, 1, 0)) {
      Control control = tight.control(0).ttl(7).ttl(8);
      assertEquals(8, control.ttl());
      String message = refused(() -> control.trafficClass(1));
      assertEquals(
          "the batch has room for 48 bytes of control data in a message, 48 of them used;"
              + " a traffic class needs 48",
          message);
      assertEquals(8, control.ttl());
      assertTrue(refused(() -> batch.control(0).ttl(1)).contains("47 bytes"));
      assertNothing(batch.control(0));
      Control full = none.control(0);
      assertTrue(refused(() -> full.mark(1)).endsWith("a mark needs 24"));
      assertTrue(refused(() -> full.source(Interface.ANY)).endsWith("needs 72"));
      assertTrue(refused(() -> full.source(Address.Inet.of("::1", 0))).endsWith("needs 40"));
      assertTrue(refused(() -> full.transmitTime(1)).endsWith("needs 24"));
      assertTrue(refused(() -> full.pass(0)).endsWith("a descriptor needs 24"));
      assertTrue(refused(() -> full.pass(0, 1, 2)).endsWith("3 descriptors needs 32"));
      assertTrue(refused(() -> full.credentials(new Credentials(1, 2, 3))).endsWith("needs 32"));
      assertTrue(refused(() -> full.add(1, 9, Bytes.room(9))).endsWith("level 1 needs 32"));
      assertNothing(full);
    }
  }

  private static String refused(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IndexOutOfBoundsException.class, call).getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 256})
  void valuesThatCannotBeAreRefused(int value) {
    try (Batch batch = batch(1)) {
      Control control = batch.control(0);
      assertThrows(IllegalArgumentException.class, () -> control.ttl(value));
      if (value != 0) {
        assertThrows(IllegalArgumentException.class, () -> control.trafficClass(value));
      }
      assertThrows(IllegalArgumentException.class, () -> control.segmentSize(value << 8 | 1 << 31));
      assertThrows(IllegalArgumentException.class, () -> control.source(Address.Unix.of("path")));
      assertThrows(
          IllegalArgumentException.class,
          () -> control.source(Interface.of(java.net.InetAddress.ofLiteral("127.0.0.1"))));
      assertThrows(IllegalArgumentException.class, () -> Control.space(-1));
      assertThrows(
          IllegalArgumentException.class,
          () -> control.add(Constants.SOL_SOCKET, Constants.SCM_RIGHTS, Bytes.room(4)));
      assertNothing(control);
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aControlBufferThatIsTooShortIsTold(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.second().setopt(Option.SO_TIMESTAMPNS, true);
      tells(pair.second(), Option.IP_RECVTTL, Option.IPV6_RECVHOPLIMIT);
      long enough = Control.space(16) + Control.space(4);
      for (long room = 0; room <= enough; room++) {
        try (Batch batch = Batch.of(1, 16, room)) {
          pair.first().send(Bytes.of("x"));
          pair.second().recvmsg(batch);
          // the last one need not be filled up
          assertEquals(room < enough - 4, batch.isControlTruncated(0), "room " + room);
          boolean hasTime = room >= Control.space(16);
          assertEquals(hasTime, batch.control(0).timestamp() != Control.NONE, "room " + room);
          assertEquals(room >= enough - 4, batch.control(0).ttl() != Control.NONE, "room " + room);
        }
      }
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aClosedBatchHasNoControlMessages(Link link) throws Exception {
    Control control;
    try (Batch batch = batch(1)) {
      control = batch.control(0).ttl(1);
    }
    assertThrows(IllegalStateException.class, control::ttl);
    assertThrows(IllegalStateException.class, () -> control.ttl(1));
    assertArrayEquals(new int[0], new int[control.descriptors()]);
  }
}
