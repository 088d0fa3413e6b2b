package nixio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** The names of UNIX sockets: paths, abstract names, and none. */
class UnixTest {
  private Path directory;

  /** A path must be short: not below a temporary directory of a configured place. */
  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory(Path.of("/tmp"), "nx");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  /** A path of so many bytes, of which the last ones are these. */
  private Address.Unix path(int length, byte... end) {
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    path.writeBytes((directory + "/").getBytes(StandardCharsets.US_ASCII));
    while (path.size() < length - end.length) {
      path.write('p');
    }
    path.writeBytes(end);
    return Address.Unix.of(path.toByteArray());
  }

  /** A connection between two names: each end is told the other's. */
  private static void assertNamesAreTold(Link link, Address server, Address client)
      throws Exception {
    try (Socket listener = link.socket().bind(server).listen(4);
        Socket one = link.socket().bind(client)) {
      assertEquals(server, listener.getsockname());
      assertEquals(client, one.getsockname());
      assertTrue(one.connect(server));
      Accepted accepted = listener.accept();
      try (Socket two = accepted.socket()) {
        assertEquals(client, accepted.peer());
        assertEquals(client, two.getpeername());
        assertEquals(server, two.getsockname());
        assertEquals(server, one.getpeername());
        assertEquals(Domain.UNIX, two.domain());
        assertEquals(link.type, two.type());
      }
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void pathsAreTold(Link link) throws Exception {
    assertNamesAreTold(
        link, Address.Unix.of(Path.of(path("server"))), Address.Unix.of(Path.of(path("client"))));
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void aPathMayHave108Bytes(Link link) throws Exception {
    Address.Unix longest = path(108, (byte) 'x');
    assertEquals(108, longest.bytes().length);
    assertNamesAreTold(link, longest, path(107, (byte) 'y'));
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void aPathMayBeOfAnyEncoding(Link link) throws Exception {
    assertNamesAreTold(
        link,
        path(108, (byte) 0xE4, (byte) 0xFF, (byte) 0xFE, (byte) 0x80),
        path(60, (byte) 0xC3, (byte) 0xA4));
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void anAbstractNameMayHaveNulsInItAndAtItsEnd(Link link) throws Exception {
    String unique = directory.getFileName().toString();
    byte[] name = ("\0\0" + unique + "\0b\0\0").getBytes(StandardCharsets.UTF_8);
    byte[] longer = Arrays.copyOf(name, 108);
    assertNamesAreTold(link, Address.Unix.of(name), Address.Unix.of(longer));
    assertNamesAreTold(link, Address.Unix.ofAbstract(unique), Address.Unix.of(longer));
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET, Link.UNIX_DGRAM})
  void anEmptyNameLetsTheKernelPickAnAbstractOne(Link link) throws Exception {
    try (Socket one = link.socket().bind("");
        Socket two = link.socket().bind("", 0);
        Socket three = link.socket().bind(Address.Unix.UNNAMED)) {
      for (Socket socket : List.of(one, two, three)) {
        Address.Unix name = (Address.Unix) socket.getsockname();
        assertTrue(name.isAbstract(), name::toString);
        assertEquals(6, name.bytes().length, name::toString);
      }
      assertNotEquals(one.getsockname(), two.getsockname());
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void aSocketWithoutANameIsToldAsUnnamed(Link link) throws Exception {
    try (Socket listener = link.listener();
        Socket client = link.socket()) {
      assertEquals(Address.Unix.UNNAMED, client.getsockname());
      client.connect(listener.getsockname());
      Accepted accepted = listener.accept();
      try (Socket server = accepted.socket()) {
        assertEquals(Address.Unix.UNNAMED, accepted.peer());
        assertEquals(Address.Unix.UNNAMED, server.getpeername());
      }
    }
    try (Pair pair = Socket.pair(Domain.UNIX, link.type)) {
      assertEquals(Address.Unix.UNNAMED, pair.first().getpeername());
    }
  }

  @OnBothThreads
  void datagramsComeWithTheSendersName() throws Exception {
    Address.Unix latin = path(40, (byte) 0xE9);
    byte[] nuls = ("\0" + directory + "\0\0x").getBytes(StandardCharsets.UTF_8);
    try (Socket receiver = Link.UNIX_DGRAM.socket().bind(path("receiver"))) {
      for (Address from : List.of(latin, path(108, (byte) 'z'), Address.Unix.of(nuls))) {
        try (Socket sender = Link.UNIX_DGRAM.socket().bind(from)) {
          sender.sendto(Bytes.of("abc"), path("receiver"), 0);
          sender.sendto(Bytes.of("abc"), path("receiver"), 99_999, 1, 2);
          AddressBuffer buffer = new AddressBuffer();
          assertEquals(3, receiver.recvfrom(Bytes.room(8), buffer));
          assertEquals(from, buffer.address());
          Received received = receiver.recvfrom(Arena.ofAuto(), 8);
          assertEquals("bc", Bytes.text(received.data()));
          assertEquals(from, received.sender());
          receiver.sendto(Bytes.of("d"), buffer);
          assertEquals(1, sender.recv(Bytes.room(8)));
        }
      }
    }
  }

  @OnBothThreads
  void aDatagramOfAnUnnamedSenderTellsNoName() throws Exception {
    try (Socket receiver = Link.UNIX_DGRAM.bound();
        Socket sender = Link.UNIX_DGRAM.socket()) {
      Address to = receiver.getsockname();
      sender.sendto(Bytes.of("abc"), to);
      sender.sendto(Bytes.of("abc"), to);
      AddressBuffer from = new AddressBuffer().set(to);
      assertEquals(3, receiver.recvfrom(Bytes.room(8), from));
      assertNoName(from.address());
      assertNoName(receiver.recvfrom(Arena.ofAuto(), 8).sender());
    }
  }

  private static void assertNoName(Address address) {
    assertTrue(address == null || address.equals(Address.Unix.UNNAMED), () -> "told " + address);
  }

  @OnBothThreads
  void theHostIsThePathAndThePortIsIgnored() throws Exception {
    try (Socket listener = Link.UNIX_STREAM.socket().bind(path("one"), -1).listen(4)) {
      for (int form = 0; form < 4; form++) {
        try (Socket client = Link.UNIX_STREAM.socket()) {
          assertTrue(
              switch (form) {
                case 0 -> client.connect(path("one"));
                case 1 -> client.connect(path("one"), 70_000);
                case 2 -> client.connect(path("one"), "no such service");
                default -> client.connect(Address.parse(path("one")));
              });
          listener.accept().socket().close();
        }
      }
      assertEquals(path("one"), listener.getsockname().host());
      assertEquals(0, listener.getsockname().port());
    }
    try (Socket socket = Link.UNIX_STREAM.socket().bind(path("two"), "service")) {
      assertEquals(Path.of(path("two")), ((Address.Unix) socket.getsockname()).path());
    }
  }

  @OnBothThreads
  void aTextIsAPathInUtf8() throws Exception {
    String name = path("k\u00e4se \u2603");
    try (Socket socket = Link.UNIX_STREAM.socket().bind(name)) {
      Address.Unix told = (Address.Unix) socket.getsockname();
      assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), told.bytes());
      assertEquals(name, told.host());
      assertEquals(name, told.toString());
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET, Link.UNIX_DGRAM})
  void aPathStaysWhenItsSocketIsClosed(Link link) throws Exception {
    link.socket().bind(path("stale")).close();
    assertTrue(Files.exists(Path.of(path("stale"))));
    try (Socket socket = link.socket()) {
      assertFailure(
          Errno.EADDRINUSE,
          "bind " + path("stale") + ": Address already in use (EADDRINUSE, errno 98)",
          () -> socket.bind(path("stale")));
      assertFailure(
          Errno.ECONNREFUSED,
          "connect " + path("stale") + ": Connection refused (ECONNREFUSED, errno 111)",
          () -> socket.connect(path("stale")));
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET, Link.UNIX_DGRAM})
  void aWrongPathIsToldWithItsErrno(Link link) throws Exception {
    Link other = link == Link.UNIX_STREAM ? Link.UNIX_DGRAM : Link.UNIX_STREAM;
    Files.createFile(Path.of(path("plain")));
    try (Socket socket = link.socket();
        Socket wrong = other.socket().bind(path("wrong"))) {
      assertTrue(wrong.isOpen());
      assertFailure(Errno.ENOENT, null, () -> socket.connect(path("absent")));
      assertFailure(Errno.ENOENT, null, () -> socket.bind(path("absent/socket")));
      assertFailure(Errno.ECONNREFUSED, null, () -> socket.connect(path("plain")));
      assertFailure(Errno.EPROTOTYPE, null, () -> socket.connect(path("wrong")));
      assertFailure(
          Errno.EINVAL,
          "connect (unnamed): Invalid argument (EINVAL, errno 22)",
          () -> socket.connect(""));
    }
  }

  @OnBothThreads
  void anUnboundSocketDoesNotListen() throws Exception {
    try (Socket socket = Link.UNIX_STREAM.socket()) {
      assertFailure(
          Errno.EINVAL, "listen: Invalid argument (EINVAL, errno 22)", () -> socket.listen(1));
      assertFailure(Errno.EINVAL, null, socket::accept);
    }
  }

  @OnBothThreads
  void pairIsOfUnixSocketsOfAnyType() throws Exception {
    for (Type type : List.of(Type.STREAM, Type.DGRAM, Type.SEQPACKET)) {
      try (Pair pair = Socket.pair(Domain.UNIX, type)) {
        assertEquals(type, pair.first().type());
        assertEquals(Domain.UNIX, pair.second().domain());
        pair.first().send(Bytes.of("abc"));
        assertEquals(3, pair.second().recv(Bytes.room(8)));
        pair.second().write(Bytes.of("de"));
        assertEquals(2, pair.first().read(Bytes.room(8)));
      }
    }
    assertFailure(
        Errno.EOPNOTSUPP,
        "socketpair inet stream: Operation not supported (EOPNOTSUPP, errno 95)",
        () -> Socket.pair(Domain.INET, Type.STREAM));
  }

  @OnBothThreads
  void closingAPairClosesBoth() throws Exception {
    Pair pair = Socket.pair(Domain.UNIX, Type.STREAM);
    pair.close();
    assertFalse(pair.first().isOpen());
    assertFalse(pair.second().isOpen());
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void dataThatCameWithADescriptorsEndAreNotLost(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment buffer = Bytes.room(8);
      pair.first().send(Bytes.of("abc"));
      pair.first().shutdown();
      assertEquals(3, pair.second().recv(buffer));
      assertEquals(Socket.EOF, pair.second().recv(buffer));
    }
  }

  private static void assertFailure(Errno errno, String message, Executable call) {
    NixioException failure = assertThrows(NixioException.class, call);
    assertEquals(errno, failure.errno());
    if (message != null) {
      assertEquals(message, failure.getMessage());
    }
  }
}
