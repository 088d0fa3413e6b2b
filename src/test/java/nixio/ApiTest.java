package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names and shapes of the API are fixed: they stand here as they do in the design. */
class ApiTest {
  private static final String SOCKET =
      """
      static Socket open(Domain, Type);  static Socket open(Domain, Type, Protocol);
      static Pair pair(Domain, Type);
      static Socket adopt(int);
      int detach();  Socket dup();

      Accepted accept();
      Socket bind(String, int);   Socket bind(String, String);   Socket bind(String);
      Socket bind(Address);
      void close();
      boolean connect(String, int);  boolean connect(String, String);  boolean connect(String);
      boolean connect(Address);   boolean connect(Address, Duration);
      int fileno();
      Object getopt(SocketOption);    Object getopt(String, String);
      Address getpeername();   Address getsockname();
      Socket listen(int);
      long recv(MemorySegment);  long recv(MemorySegment, long, long);
      long recv(MemorySegment, Msg);
      MemorySegment recv(SegmentAllocator, long);
      long recvfrom(MemorySegment, AddressBuffer);
      long recvfrom(MemorySegment, AddressBuffer, Msg);
      Received recvfrom(SegmentAllocator, long);
      long send(MemorySegment);  long send(MemorySegment, long);
      long send(MemorySegment, long, long);  long send(MemorySegment, Msg);
      long sendto(MemorySegment, Address);   long sendto(MemorySegment, Address, Msg);
      long sendto(MemorySegment, AddressBuffer);   long sendto(MemorySegment, AddressBuffer, Msg);
      long sendto(MemorySegment, String, int);
      long sendto(MemorySegment, String, int, long, long);
      Socket setblocking(boolean);
      Socket setopt(SocketOption, Object);  Socket setopt(String, String, Object[]);
      Socket shutdown();   Socket shutdown(Shutdown);
      long read(MemorySegment);  long read(MemorySegment, long, long);
      long read(MemorySegment, Msg);  MemorySegment read(SegmentAllocator, long);
      long write(MemorySegment);  long write(MemorySegment, long);
      long write(MemorySegment, long, long);  long write(MemorySegment, Msg);
      long recvall(MemorySegment);  long recvall(MemorySegment, Duration);
      long sendall(MemorySegment);  long sendall(MemorySegment, Duration);
      int sendmmsg(Batch);  int sendmmsg(Batch, int);  int sendmmsg(Batch, int, Msg);
      int recvmmsg(Batch);  int recvmmsg(Batch, Msg);
      long sendmsg(Batch);  long sendmsg(Batch, Msg);
      long recvmsg(Batch);  long recvmsg(Batch, Msg);
      long sendv(Iovec);  long sendv(Iovec, long);  long sendv(Iovec, long, Msg);
      long recvv(Iovec);  long recvv(Iovec, long);  long recvv(Iovec, long, Msg);
      long sendfile(int, long, long);  long sendfile(FileChannel, long, long);
      Socket setspin(Duration);  Duration getspin();
      Domain domain();  Type type();  Protocol protocol();  boolean isBlocking();
      boolean isOpen();
      """;

  private static final String NIXIO =
      """
      static Socket bind(String, int); static Socket bind(String, String);
      static Socket bind(String, int, Domain, Type);
      static Socket bind(String, String, Domain, Type);
      static Socket connect(String, int); static Socket connect(String, String);
      static Socket connect(String, int, Domain, Type);
      static Socket connect(String, String, Domain, Type);
      static List getaddrinfo(String);
      static List getifaddrs();
      """;

  private static final String POLL =
      """
      Poll add(Socket, int); Poll set(Socket, int); Poll remove(Socket);
      int poll(Duration); int events(Socket);
      """;

  private static final String ADDRESS =
      """
      static Address of(SocketAddress); static Address parse(String);
      SocketAddress toSocketAddress(); String host(); int port();
      """;

  private static final String ADDRESS_BUFFER = "Address address(); AddressBuffer set(Address);";

  private static final String FAILURE =
      "String operation(); Address address(); Errno errno(); int number(); long transferred();";

  private static final Pattern METHOD = Pattern.compile("(static )?(\\S+) (\\w+)\\(([^)]*)\\);");

  private static Set<String> wanted(String block) {
    return METHOD
        .matcher(block)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(ApiTest::signature)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String signature(Method method) {
    return (Modifier.isStatic(method.getModifiers()) ? "static " : "")
        + method.getReturnType().getSimpleName()
        + " "
        + method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ");"));
  }

  private static void assertHas(Class<?> type, String block) {
    Set<String> missing = wanted(block);
    assertTrue(missing.size() > 1, block);
    missing.removeAll(found(type));
    assertEquals(Set.of(), missing, type::getName);
  }

  @Test
  void theSocketHasEveryFormOfTheDesignAndNoOther() {
    Set<String> other = found(Socket.class);
    other.removeAll(wanted(SOCKET));
    assertHas(Socket.class, SOCKET);
    assertEquals(Set.of("String toString();"), other);
    assertEquals(-1, Socket.EOF);
    assertEquals(-2, Socket.WOULD_BLOCK);
    assertTrue(Modifier.isFinal(Socket.class.getModifiers()));
    assertTrue(Closeable.class.isAssignableFrom(Socket.class));
    assertTrue(Closeable.class.isAssignableFrom(Pair.class));
  }

  @Test
  void whatStandsAroundItHasEveryFormOfTheDesign() {
    assertHas(Nixio.class, NIXIO);
    assertHas(Poll.class, POLL);
    assertHas(Address.class, ADDRESS);
    assertHas(AddressBuffer.class, ADDRESS_BUFFER);
    assertHas(NixioException.class, FAILURE);
    assertHas(ResolveException.class, "int code(); String host(); String service();");
    assertHas(Msg.class, "Msg or(Msg); int bits();");
    for (Class<?> value : List.of(Domain.class, Type.class, Protocol.class)) {
      String name = value.getSimpleName();
      assertHas(value, "static " + name + " of(String); static " + name + " of(int);");
    }
    assertEquals(8192, Nixio.BUFFERSIZE);
  }

  @Test
  void failuresAreTheJdks() {
    assertTrue(SocketException.class.isAssignableFrom(NixioException.class));
    assertTrue(UnknownHostException.class.isAssignableFrom(ResolveException.class));
    assertTrue(Address.class.isSealed());
    for (Class<?> record : List.of(Pair.class, Accepted.class, Received.class, Membership.class)) {
      assertTrue(record.isRecord() && Modifier.isPublic(record.getModifiers()), record::getName);
    }
  }

  /** The eighteen names of the specification, letter by letter. */
  @Test
  void theEighteenNamesOfTheSpecificationAreThere() {
    Set<String> names =
        new TreeSet<>(
            List.of(
                "accept",
                "bind",
                "close",
                "connect",
                "fileno",
                "getopt",
                "getpeername",
                "getsockname",
                "listen",
                "read",
                "recv",
                "recvfrom",
                "send",
                "sendto",
                "setblocking",
                "setopt",
                "shutdown",
                "write"));
    assertEquals(18, names.size());
    Arrays.stream(Socket.class.getMethods()).map(Method::getName).forEach(names::remove);
    assertEquals(Set.of(), names);
  }
}
