package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What failures tell, and which arguments are refused before the kernel is asked. */
class ErrorsTest {
  private static final Duration NEGATIVE = Duration.ofNanos(-1);

  /** An address that nobody can listen on meanwhile. */
  private static Socket reserved(Link link) throws IOException {
    return link.bound();
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void aFailureTellsOperationAddressAndErrno(Link link) throws Exception {
    try (Socket deaf = reserved(link);
        Socket socket = link.socket()) {
      Address to = deaf.getsockname();
      for (Duration timeout : new Duration[] {null, Duration.ofMinutes(1)}) {
        NixioException refused =
            assertThrows(NixioException.class, () -> socket.connect(to, timeout));
        assertEquals("connect", refused.operation());
        assertEquals(to, refused.address());
        assertEquals(Errno.ECONNREFUSED, refused.errno());
        assertEquals(111, refused.number());
        assertEquals(0, refused.transferred());
        assertEquals(
            "connect " + to + ": Connection refused (ECONNREFUSED, errno 111)",
            refused.getMessage());
        assertInstanceOf(SocketException.class, refused);
      }
      assertTrue(socket.isOpen());
    }
  }

  @OnBothThreads
  void addressesThatAreTakenOrForeignAreTold() throws Exception {
    try (Socket first = Link.TCP.listener();
        Socket second = Link.TCP.socket()) {
      Address taken = first.getsockname();
      assertFailure(
          Errno.EADDRINUSE,
          "bind " + taken + ": Address already in use (EADDRINUSE, errno 98)",
          () -> second.bind(taken));
      assertFailure(
          Errno.EADDRINUSE,
          "bind " + taken + ": Address already in use (EADDRINUSE, errno 98)",
          () -> second.bind(taken.host(), taken.port()));
      assertFailure(
          Errno.EADDRNOTAVAIL,
          "bind 192.0.2.77:0: Cannot assign requested address (EADDRNOTAVAIL, errno 99)",
          () -> second.bind("192.0.2.77", 0));
      assertFailure(Errno.EINVAL, null, () -> first.bind("127.0.0.1", 0));
      assertFailure(Errno.EINVAL, "accept: Invalid argument (EINVAL, errno 22)", second::accept);
      assertFailure(Errno.ENOTCONN, null, () -> second.recv(Bytes.room(8)));
      assertFailure(Errno.EPIPE, null, () -> second.send(Bytes.room(8)));
      assertFailure(
          Errno.ENOTCONN,
          "shutdown: Transport endpoint is not connected (ENOTCONN, errno 107)",
          second::shutdown);
    }
    try (Socket udp = Link.UDP.bound()) {
      assertFailure(
          Errno.EOPNOTSUPP,
          "listen: Operation not supported (EOPNOTSUPP, errno 95)",
          () -> udp.listen(1));
      assertFailure(Errno.EOPNOTSUPP, null, udp::accept);
    }
  }

  @OnBothThreads
  void whatTheKernelDoesNotHaveIsTold() {
    assertFailure(
        Errno.EPROTONOSUPPORT,
        "socket inet stream icmp: Protocol not supported (EPROTONOSUPPORT, errno 93)",
        () -> Socket.open(Domain.INET, Type.STREAM, Protocol.ICMP));
    assertFailure(
        Errno.EAFNOSUPPORT,
        "socket domain 99 stream: Address family not supported by protocol"
            + " (EAFNOSUPPORT, errno 97)",
        () -> Socket.open(Domain.of(99), Type.STREAM));
    assertFailure(
        Errno.EINVAL,
        "socket inet type 99: Invalid argument (EINVAL, errno 22)",
        () -> Socket.open(Domain.INET, Type.of(99)));
  }

  @Test
  void aNumberWithoutANameIsStillTold() {
    NixioException strange = new NixioException("recv", null, 4000);
    assertNull(strange.errno());
    assertNull(strange.address());
    assertEquals(4000, strange.number());
    assertEquals("recv: failed (errno 4000)", strange.getMessage());
  }

  @Test
  void aFailureCanBeSerialized() throws Exception {
    NixioException failure =
        new NixioException("send", Address.parse("192.0.2.1:80"), 32, 5, "advice");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      NixioException read = (NixioException) in.readObject();
      assertEquals(
          "send 192.0.2.1:80: Broken pipe (EPIPE, errno 32), after 5 bytes; advice",
          read.getMessage());
      assertEquals(Errno.EPIPE, read.errno());
      assertEquals(5, read.transferred());
    }
  }

  @Test
  void everyErrnoHasANumberOfItsOwnAndAText() {
    Set<Integer> numbers = new HashSet<>();
    for (Errno errno : Errno.values()) {
      assertTrue(numbers.add(errno.number()), errno::name);
      assertEquals(errno, Errno.of(errno.number()));
      assertTrue(errno.text().length() > 5, errno::name);
    }
    assertNull(Errno.of(0));
    assertNull(Errno.of(-1));
  }

  @OnBothThreads
  void anUnresolvedServiceTellsItsCodeAndNames() throws Exception {
    try (Socket socket = Link.TCP.socket()) {
      for (Executable call :
          List.<Executable>of(
              () -> socket.bind("127.0.0.1", "no-such-service"),
              () -> socket.connect("127.0.0.1", "no-such-service"),
              () -> Nixio.bind("127.0.0.1", "no-such-service"),
              () -> Nixio.connect("127.0.0.1", "no-such-service"),
              () -> Nixio.getaddrinfo("127.0.0.1", null, "no-such-service"))) {
        ResolveException failure = assertThrows(ResolveException.class, call);
        assertEquals(-8, failure.code());
        assertEquals("EAI_SERVICE", failure.name());
        assertEquals("127.0.0.1", failure.host());
        assertEquals("no-such-service", failure.service());
        assertEquals(
            "getaddrinfo host \"127.0.0.1\" service \"no-such-service\": Servname not supported"
                + " for ai_socktype (EAI_SERVICE, code -8)",
            failure.getMessage());
        assertInstanceOf(UnknownHostException.class, failure);
      }
    }
  }

  @OnBothThreads
  void aLiteralOfAnotherFamilyIsNotResolved() throws Exception {
    try (Socket four = Link.TCP.socket()) {
      ResolveException failure = assertThrows(ResolveException.class, () -> four.connect("::1", 9));
      assertEquals("EAI_ADDRFAMILY", failure.name());
      assertEquals(-9, failure.code());
      assertEquals("::1", failure.host());
      assertThrows(ResolveException.class, () -> four.bind("::1", 0));
      assertThrows(ResolveException.class, () -> four.sendto(Bytes.room(1), "::1", 9));
    }
  }

  private static void assertFailure(Errno errno, String message, Executable call) {
    NixioException failure = assertThrows(NixioException.class, call);
    assertEquals(errno, failure.errno(), failure::getMessage);
    if (message != null) {
      assertEquals(message, failure.getMessage());
    }
  }

  /** A wrong call, what refuses it, and what its message must name. */
  private record Wrong(Class<? extends Exception> type, String named, Executable call) {}

  private static Wrong argument(String named, Executable call) {
    return new Wrong(IllegalArgumentException.class, named, call);
  }

  private static Wrong nothing(Executable call) {
    return new Wrong(NullPointerException.class, "", call);
  }

  private static void assertRefused(List<Wrong> wrongs) {
    for (Wrong wrong : wrongs) {
      Exception refused = assertThrows(wrong.type, wrong.call, () -> "for " + wrong.named);
      assertNotNull(refused.getMessage());
      assertTrue(
          refused.getMessage().contains(wrong.named),
          () -> "\"" + refused.getMessage() + "\" does not name " + wrong.named);
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UDP, Link.UDP6})
  void wrongHostsAndPortsAreRefused(Link link) throws Exception {
    try (Socket socket = link.socket()) {
      MemorySegment data = Bytes.room(8);
      assertRefused(
          List.of(
              argument("-1", () -> socket.bind(null, -1)),
              argument("65536", () -> socket.bind(null, 65536)),
              argument("-1", () -> socket.connect(null, -1)),
              argument("65536", () -> socket.connect("127.0.0.1", 65536)),
              argument("-1", () -> socket.sendto(data, "127.0.0.1", -1)),
              argument("70000", () -> socket.sendto(data, "127.0.0.1", 70000, 0, 1)),
              argument("host is empty", () -> socket.bind("", 0)),
              argument("host is empty", () -> socket.connect("", 9)),
              argument("host is empty", () -> socket.sendto(data, "", 9)),
              argument("\"a\\0b\"", () -> socket.bind("a\0b", 0)),
              argument("\"a\\0b\"", () -> socket.connect("a\0b", 9)),
              argument("\"127.0.0.1\\0\"", () -> socket.sendto(data, "127.0.0.1\0", 9)),
              argument("service", () -> socket.bind("127.0.0.1", "")),
              argument("\"8\\0\"", () -> socket.connect("127.0.0.1", "8\0")),
              argument("bind(path)", () -> socket.bind("/a/path")),
              argument("connect(path)", () -> socket.connect("/a/path")),
              nothing(() -> socket.bind("127.0.0.1", (String) null)),
              nothing(() -> socket.connect("127.0.0.1", (String) null)),
              nothing(() -> socket.bind((Address) null)),
              nothing(() -> socket.connect((Address) null)),
              nothing(() -> socket.connect((Address) null, null))));
      assertEquals(0, socket.getsockname().port(), "the kernel was not asked");
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UDP})
  void aPortOutOfRangeIsRefusedAsAServiceToo(Link link) throws Exception {
    try (Socket socket = link.socket()) {
      for (String service : List.of("65536", "70000", "-1", "99999999999999999999")) {
        for (Executable call :
            List.<Executable>of(
                () -> socket.bind("127.0.0.1", service),
                () -> socket.connect("127.0.0.1", service))) {
          Exception refused = assertThrows(Exception.class, call);
          assertTrue(
              refused instanceof IllegalArgumentException || refused instanceof ResolveException,
              refused::toString);
          assertTrue(refused.getMessage().contains(service), refused::getMessage);
        }
      }
      assertEquals(0, socket.getsockname().port(), "the kernel was not asked");
    }
  }

  @OnBothThreads
  void sendtoNeedsAHost(Link link) throws Exception {
    try (Socket socket = link.socket()) {
      assertThrows(NullPointerException.class, () -> socket.sendto(Bytes.room(1), null, 9));
    }
  }

  @OnBothThreads
  void addressesOfAnotherDomainAreRefused(Link link) throws Exception {
    try (Socket socket = link.socket()) {
      for (Address other :
          List.of(
              Address.parse("127.0.0.1:9"),
              Address.parse("[::1]:9"),
              Address.parse("/a/path"),
              Address.Unix.UNNAMED)) {
        if (other.domain() != link.domain) {
          assertRefused(
              List.of(
                  argument(other.toString(), () -> socket.bind(other)),
                  argument(other.toString(), () -> socket.connect(other)),
                  argument(link.domain.toString(), () -> socket.connect(other, Duration.ZERO)),
                  argument(other.domain().toString(), () -> socket.sendto(Bytes.room(1), other)),
                  argument(
                      other.toString(), () -> socket.sendto(Bytes.room(1), other, Msg.DONTWAIT))));
        }
      }
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void wrongPathsAreRefused(Link link) throws Exception {
    String tooLong = "/tmp/" + "p".repeat(104);
    String tooLongInUtf8 = "/tmp/" + "\u00e9".repeat(52);
    try (Socket socket = link.socket()) {
      MemorySegment data = Bytes.room(8);
      assertRefused(
          List.of(
              argument(tooLong, () -> socket.bind(tooLong)),
              argument("109 bytes", () -> socket.bind(tooLong, 0)),
              argument("108", () -> socket.connect(tooLong, "service")),
              argument(tooLongInUtf8, () -> socket.connect(tooLongInUtf8)),
              argument("/a\\0b", () -> socket.bind("/a\0b")),
              argument("/a\\0", () -> socket.connect("/a\0", 0)),
              argument("/a\\0", () -> socket.sendto(data, "/a\0", 0)),
              nothing(() -> socket.bind((String) null)),
              nothing(() -> socket.bind(null, 0)),
              nothing(() -> socket.connect((String) null)),
              nothing(() -> socket.connect(null, "service")),
              nothing(() -> socket.sendto(data, null, 0))));
      assertEquals(Address.Unix.UNNAMED, socket.getsockname(), "the kernel was not asked");
    }
  }

  @OnBothThreads
  void negativeDurationsAreRefused(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment data = Bytes.room(8);
      Socket socket = pair.first();
      assertRefused(
          List.of(
              argument("PT-0.000000001S", () -> socket.recvall(data, NEGATIVE)),
              argument("PT-0.000000001S", () -> socket.sendall(data, NEGATIVE)),
              argument("PT-0.000000001S", () -> socket.connect(link.anyAddress(), NEGATIVE))));
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(data, Msg.DONTWAIT), "nothing was sent");
    }
  }

  @OnBothThreads
  void nullIsRefusedWhereNoneIsMeant(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      MemorySegment data = Bytes.room(8);
      AddressBuffer buffer = new AddressBuffer();
      Address to = link.anyAddress();
      assertRefused(
          List.of(
              nothing(() -> Socket.open(null, Type.STREAM)),
              nothing(() -> Socket.open(Domain.INET, null)),
              nothing(() -> Socket.open(Domain.INET, Type.STREAM, null)),
              nothing(() -> Socket.pair(null, Type.STREAM)),
              nothing(() -> Socket.pair(Domain.UNIX, null)),
              nothing(() -> socket.recv((MemorySegment) null)),
              nothing(() -> socket.recv(null, Msg.NONE)),
              nothing(() -> socket.recv(data, null)),
              nothing(() -> socket.recv(null, 0, 0)),
              nothing(() -> socket.recv(null, 8)),
              nothing(() -> socket.recvfrom(null, buffer)),
              nothing(() -> socket.recvfrom(data, null)),
              nothing(() -> socket.recvfrom(data, buffer, null)),
              nothing(() -> socket.recvfrom(null, 8)),
              nothing(() -> socket.recvall(null)),
              nothing(() -> socket.send(null)),
              nothing(() -> socket.send(null, 0)),
              nothing(() -> socket.send(null, 0, 0)),
              nothing(() -> socket.send(data, null)),
              nothing(() -> socket.sendall(null)),
              nothing(() -> socket.sendto(null, to)),
              nothing(() -> socket.sendto(data, (Address) null)),
              nothing(() -> socket.sendto(data, (AddressBuffer) null)),
              nothing(() -> socket.sendto(data, to, null)),
              nothing(() -> socket.shutdown(null)),
              nothing(() -> socket.getopt(null)),
              nothing(() -> socket.setopt(Option.SO_RCVBUF, null)),
              nothing(() -> socket.getopt("socket", null)),
              nothing(() -> socket.setopt(null, "rcvbuf", 1))));
      assertEquals(Socket.WOULD_BLOCK, socket.recv(data, Msg.DONTWAIT));
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(data, Msg.DONTWAIT), "nothing was sent");
    }
  }

  @OnBothThreads
  void anEmptyAddressBufferIsNoAddress() throws Exception {
    try (Socket socket = Link.UDP.socket()) {
      assertRefused(
          List.of(
              argument("empty", () -> socket.sendto(Bytes.room(1), new AddressBuffer())),
              argument(
                  "empty", () -> socket.sendto(Bytes.room(1), new AddressBuffer(), Msg.DONTWAIT))));
    }
  }

  @OnBothThreads
  void anAddressBufferOfAnotherDomainIsRefused(Link link) throws Exception {
    try (Socket socket = link.socket()) {
      for (String text : List.of("127.0.0.1:9", "[::1]:9", "/a/path")) {
        Address other = Address.parse(text);
        if (other.domain() != link.domain) {
          AddressBuffer to = new AddressBuffer().set(other);
          assertRefused(List.of(argument(text, () -> socket.sendto(Bytes.room(1), to))));
        }
      }
    }
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    assertRefused(
        List.of(
            argument(
                "\"inet7\": supported are inet, inet6, unix, packet, netlink, vsock",
                () -> Domain.of("inet7")),
            argument("stream, dgram, raw, seqpacket", () -> Type.of("STREAM")),
            argument("icmpv6", () -> Protocol.of("icmp6")),
            argument("rdwr", () -> Shutdown.of("none")),
            nothing(() -> Domain.of((String) null)),
            nothing(() -> Type.of((String) null)),
            nothing(() -> Protocol.of((String) null))));
    assertEquals(
        List.of(Shutdown.RD, Shutdown.RD, Shutdown.WR, Shutdown.WR, Shutdown.RDWR, Shutdown.RDWR),
        Arrays.asList(
            Shutdown.of("rd"),
            Shutdown.of("read"),
            Shutdown.of("wr"),
            Shutdown.of("write"),
            Shutdown.of("rdwr"),
            Shutdown.of("both")));
  }

  @Test
  void numbersOfConstantsAreTheConstants() {
    for (Domain domain :
        List.of(
            Domain.INET, Domain.INET6, Domain.UNIX, Domain.PACKET, Domain.NETLINK, Domain.VSOCK)) {
      assertTrue(Domain.of(domain.number()) == domain && Domain.of(domain.toString()) == domain);
    }
    for (Type type : List.of(Type.STREAM, Type.DGRAM, Type.RAW, Type.SEQPACKET)) {
      assertTrue(Type.of(type.number()) == type && Type.of(type.toString()) == type);
    }
    for (Protocol protocol :
        List.of(Protocol.DEFAULT, Protocol.ICMP, Protocol.ICMPV6, Protocol.TCP, Protocol.UDP)) {
      assertTrue(
          Protocol.of(protocol.number()) == protocol
              && Protocol.of(protocol.toString()) == protocol);
    }
    assertEquals(Domain.of(30), Domain.of(30));
    assertEquals("domain 30", Domain.of(30).toString());
    assertEquals(Msg.PEEK.or(Msg.TRUNC), Msg.of(Msg.PEEK.bits() | Msg.TRUNC.bits()));
    assertTrue(Msg.PEEK.or(Msg.TRUNC).has(Msg.TRUNC));
  }

  @OnBothThreads
  void receivingFromAnUnreadyAllocatorIsItsOwnMistake() throws Exception {
    try (Pair pair = Link.UDP.open()) {
      assertThrows(
          IndexOutOfBoundsException.class,
          () ->
              pair.first().recv(SegmentAllocator.slicingAllocator(Arena.ofAuto().allocate(4)), 8));
    }
  }
}
