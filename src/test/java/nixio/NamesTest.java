package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** getaddrinfo, getnameinfo and getifaddrs, without asking any network. */
class NamesTest {
  @OnBothThreads
  void aLiteralIsItsOwnAddress() throws Exception {
    assertEquals(
        List.of(
            new AddressInfo(Domain.INET, Type.STREAM, Protocol.TCP, Address.parse("192.0.2.1:0"))),
        Nixio.getaddrinfo("192.0.2.1"));
    assertEquals(
        List.of(Address.parse("[2001:db8::1]:0")),
        addresses(Nixio.getaddrinfo("2001:db8:0::1", Domain.INET6)));
    assertEquals(
        List.of(Address.parse("[fe80::1%lo]:0")), addresses(Nixio.getaddrinfo("fe80::1%lo")));
    assertEquals(
        List.of(Address.parse("[::ffff:192.0.2.1]:0")),
        addresses(Nixio.getaddrinfo("::ffff:192.0.2.1", null)));
  }

  private static List<Address> addresses(List<AddressInfo> found) {
    return found.stream().map(AddressInfo::address).toList();
  }

  @OnBothThreads
  void aServiceHasAnEntryForEachType() throws Exception {
    for (String service : List.of("53", "domain")) {
      List<AddressInfo> found = Nixio.getaddrinfo("127.0.0.1", Domain.INET, service);
      assertTrue(found.size() >= 2, found::toString);
      assertTrue(
          found.containsAll(
              List.of(
                  new AddressInfo(
                      Domain.INET, Type.STREAM, Protocol.TCP, Address.parse("127.0.0.1:53")),
                  new AddressInfo(
                      Domain.INET, Type.DGRAM, Protocol.UDP, Address.parse("127.0.0.1:53")))),
          found::toString);
    }
  }

  @OnBothThreads
  void noHostIsThisMachine() throws Exception {
    List<Address> found = addresses(Nixio.getaddrinfo(null, Domain.INET, "80"));
    assertEquals(Set.of(Address.parse("127.0.0.1:80")), Set.copyOf(found));
    List<Address> both = addresses(Nixio.getaddrinfo(null, null, "80"));
    assertTrue(both.contains(Address.parse("[::1]:80")), both::toString);
  }

  @OnBothThreads
  void localhostIsKnown() throws Exception {
    assertEquals(
        List.of(Address.parse("127.0.0.1:0")),
        addresses(Nixio.getaddrinfo("localhost", Domain.INET)));
  }

  @OnBothThreads
  void wrongQuestionsAreRefused() {
    ResolveException nothing = assertThrows(ResolveException.class, () -> Nixio.getaddrinfo(null));
    assertEquals("EAI_NONAME", nothing.name());
    assertEquals(-2, nothing.code());
    assertNull(nothing.host());
    ResolveException family =
        assertThrows(ResolveException.class, () -> Nixio.getaddrinfo("127.0.0.1", Domain.INET6));
    assertEquals("EAI_ADDRFAMILY", family.name());
    assertRefused("host is empty", () -> Nixio.getaddrinfo(""));
    assertRefused("service is empty", () -> Nixio.getaddrinfo("127.0.0.1", null, ""));
    assertRefused("\"a\\0b\"", () -> Nixio.getaddrinfo("a\0b"));
    assertRefused("\"unix\"", () -> Nixio.getaddrinfo("127.0.0.1", Domain.UNIX));
    assertRefused("\"localhost\"", () -> Nixio.getnameinfo("localhost"));
    assertRefused("inet6", () -> Nixio.getnameinfo("127.0.0.1", Domain.INET6));
    assertRefused("inet", () -> Nixio.getnameinfo("127.0.0.1", Domain.UNIX));
    assertRefused(
        "PT-1S", () -> Nixio.getnameinfo(Address.Inet.of("127.0.0.1", 0), Duration.ofSeconds(-1)));
    assertThrows(NullPointerException.class, () -> Nixio.getnameinfo((String) null));
  }

  private static void assertRefused(String named, Executable call) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
    assertTrue(refused.getMessage().contains(named), refused::getMessage);
  }

  @OnBothThreads
  void theNameOfALoopbackAddressIsInTheHostsFile() throws Exception {
    String name =
        Files.readAllLines(Path.of("/etc/hosts")).stream()
            .map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
            .filter(words -> words.length > 1 && words[0].equals("127.0.0.1"))
            .map(words -> words[1])
            .findFirst()
            .orElse(null);
    assumeTrue(name != null, "/etc/hosts has no line for 127.0.0.1");
    assertEquals(name, Nixio.getnameinfo("127.0.0.1"));
    assertEquals(name, Nixio.getnameinfo("127.0.0.1", Domain.INET));
    assertEquals(name, Nixio.getnameinfo("127.0.0.1", null, Duration.ofSeconds(20)));
    assertEquals(
        name, Nixio.getnameinfo(Address.Inet.of("127.0.0.1", 80), Duration.ofDays(100_000)));
  }

  /** Interfaces may come and go meanwhile. */
  private static void awaitSame(Callable<Set<String>> theirs, Callable<Set<String>> ours)
      throws Exception {
    Set<String> differing = new TreeSet<>();
    Await.until(
        () -> "equal sets; in one alone: " + differing,
        () -> {
          differing.clear();
          differing.addAll(Sets.symmetricDifference(theirs.call(), ours.call()));
          return differing.isEmpty();
        });
  }

  @OnBothThreads
  void addressesAreThoseThatTheJdkKnows() throws Exception {
    awaitSame(NamesTest::jdksAddresses, NamesTest::ourAddresses);
    for (InterfaceAddress entry : Nixio.getifaddrs()) {
      if (entry.address() != null) {
        assertEquals(entry.address().domain().toString(), entry.family());
        boolean linkLocal = entry.address().address().isLinkLocalAddress();
        boolean scoped = linkLocal && entry.address().domain() == Domain.INET6;
        assertEquals(scoped ? entry.index() : 0, entry.address().scope());
        assertEquals(0, entry.address().port());
        assertNull(entry.counters());
        assertNull(entry.hardware());
      }
    }
    assertThrows(UnsupportedOperationException.class, () -> Nixio.getifaddrs().clear());
  }

  private static Set<String> jdksAddresses() throws IOException {
    Set<String> addresses = new TreeSet<>();
    for (NetworkInterface known : NetworkInterface.networkInterfaces().toList()) {
      String tail = " " + known.isUp() + known.isLoopback() + known.supportsMulticast();
      for (java.net.InterfaceAddress address : known.getInterfaceAddresses()) {
        addresses.add(
            known.getIndex()
                + Arrays.toString(address.getAddress().getAddress())
                + address.getNetworkPrefixLength()
                + tail);
      }
    }
    return addresses;
  }

  private static Set<String> ourAddresses() throws IOException {
    Set<String> addresses = new TreeSet<>();
    for (InterfaceAddress entry : Nixio.getifaddrs()) {
      if (entry.address() != null) {
        boolean running = entry.isUp() && entry.flags().contains("running"); // the JDK's "up"
        String tail = " " + running + entry.isLoopback() + entry.isMulticast();
        addresses.add(
            entry.index() + Arrays.toString(entry.address().bytes()) + entry.prefix() + tail);
      }
    }
    return addresses;
  }

  @OnBothThreads
  void eachInterfaceHasAnEntryOfItsHardware() throws Exception {
    awaitSame(NamesTest::systemsInterfaces, NamesTest::ourInterfaces);
    for (InterfaceAddress entry : packets()) {
      assertNull(entry.address());
      assertEquals(-1, entry.prefix());
      assertNotNull(entry.hardware());
    }
    InterfaceAddress loopback = loopback();
    assertEquals(772, loopback.hardwareType(), "ARPHRD_LOOPBACK");
    assertEquals("00:00:00:00:00:00", loopback.hardware());
    assertTrue(loopback.flags().containsAll(Set.of("up", "loopback", "running")));
    assertFalse(loopback.flags().contains("pointtopoint"));
  }

  private static List<InterfaceAddress> packets() throws IOException {
    return Nixio.getifaddrs().stream().filter(entry -> entry.family().equals("packet")).toList();
  }

  /** Names, indices and hardware addresses, which may change while they are read. */
  private static Set<String> systemsInterfaces() throws IOException {
    Set<String> interfaces = new TreeSet<>();
    try (Stream<Path> all = Files.list(Path.of("/sys/class/net"))) {
      for (Path known : all.filter(Files::isDirectory).toList()) {
        String index = Files.readString(known.resolve("ifindex")).strip();
        String hardware = Files.readString(known.resolve("address")).strip();
        interfaces.add(known.getFileName() + " " + index + " " + hardware);
      }
    } catch (NoSuchFileException e) {
      return Set.of();
    }
    return interfaces;
  }

  private static Set<String> ourInterfaces() throws IOException {
    return packets().stream()
        .map(entry -> entry.name() + " " + entry.index() + " " + entry.hardware())
        .collect(Collectors.toSet());
  }

  private static InterfaceAddress loopback() throws IOException {
    return packets().stream().filter(InterfaceAddress::isLoopback).findFirst().orElseThrow();
  }

  /** One of streams is read by the library itself, and one of any type by getaddrinfo(3). */
  @OnBothThreads
  void literalsAreReadAsTheSystemReadsThem() throws Exception {
    for (String literal :
        List.of("127.0.0.1", "127.1", "0x7f.1", "010.1.2.3", "::", "::1", "2001:db8::1")) {
      AddressInfo first = Nixio.getaddrinfo(literal, null, "0").getFirst();
      assertEquals(List.of(first), Nixio.getaddrinfo(literal), literal);
      assertEquals(List.of(first), Nixio.getaddrinfo(literal, first.domain()), literal);
      Domain other = first.domain() == Domain.INET ? Domain.INET6 : Domain.INET;
      assertThrows(ResolveException.class, () -> Nixio.getaddrinfo(literal, other), literal);
    }
  }

  @OnBothThreads
  void countersCountWhatIsSent() throws Exception {
    InterfaceAddress.Counters before = loopback().counters();
    try (Pair pair = Link.UDP.open()) {
      MemorySegment data = Bytes.room(10_000);
      for (int i = 0; i < 10; i++) {
        pair.first().send(data);
        pair.second().recv(data);
      }
    }
    InterfaceAddress.Counters after = loopback().counters();
    assertTrue(after.txBytes() - before.txBytes() >= 100_000, after::toString);
    assertTrue(after.rxBytes() - before.rxBytes() >= 100_000, after::toString);
    assertTrue(after.txPackets() - before.txPackets() >= 10, after::toString);
    assertTrue(after.rxPackets() - before.rxPackets() >= 10, after::toString);
  }
}
