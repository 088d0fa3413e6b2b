package nixio.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import nixio.posix.gen.linux.linux_h;

/**
 * Names and interfaces: {@code <netdb.h>}, {@code <ifaddrs.h>}, {@code <net/if.h>}.
 *
 * <p>{@link #getaddrinfo} and {@link #getnameinfo} answer 0 or a negative EAI code, which are
 * numbers of their own and no errnos.
 */
public final class Netdb {
  private Netdb() {}

  /**
   * getaddrinfo(3).
   *
   * @param host text, or NULL, that lives as long as {@code hints}
   * @param service text, or NULL, that lives as long as {@code hints}
   * @param found a pointer, which takes the head of a list for {@link #freeaddrinfo}
   */
  public static int getaddrinfo(
      MemorySegment errno,
      MemorySegment host,
      MemorySegment service,
      MemorySegment hints,
      MemorySegment found) {
    return (int)
        Libc.call(
            linux_h.getaddrinfo$address(),
            errno,
            host.address(),
            service.address(),
            hints.address(),
            found.address(),
            0,
            0,
            hints,
            found);
  }

  /** freeaddrinfo(3). */
  public static void freeaddrinfo(MemorySegment head) {
    Libc.call(linux_h.freeaddrinfo$address(), head.address(), 0);
  }

  /** getnameinfo(3), for the name alone. */
  public static int getnameinfo(
      MemorySegment errno, MemorySegment address, int length, MemorySegment host, int flags) {
    try {
      return (int)
          Getnameinfo.HANDLE.invokeExact(
              errno, address, length, host, (int) host.byteSize(), MemorySegment.NULL, 0, flags);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** gai_strerror(3). */
  public static String gaiStrerror(int code) {
    return text(Libc.call(linux_h.gai_strerror$address(), code, 0));
  }

  /**
   * getifaddrs(3).
   *
   * @param found a pointer, which takes the head of a list for {@link #freeifaddrs}
   */
  public static int getifaddrs(MemorySegment errno, MemorySegment found) {
    return Libc.answer(
        (int) Libc.call(linux_h.getifaddrs$address(), errno, found.address(), 0, 0, found), errno);
  }

  /** freeifaddrs(3). */
  public static void freeifaddrs(MemorySegment head) {
    Libc.call(linux_h.freeifaddrs$address(), head.address(), 0);
  }

  /** if_nametoindex(3): its 0 is a failure too. */
  public static int ifNametoindex(MemorySegment errno, MemorySegment name) {
    Libc.require();
    int index =
        (int) Libc.call(linux_h.if_nametoindex$address(), errno, name.address(), 0, 0, name);
    return index == 0 ? Libc.answer(-1, errno) : index;
  }

  /** if_indextoname(3): 0, with the name in {@code name}. */
  public static int ifIndextoname(MemorySegment errno, int index, MemorySegment name) {
    Libc.require();
    long found = Libc.call(linux_h.if_indextoname$address(), errno, index, name.address(), 0, name);
    return found == 0 ? Libc.answer(-1, errno) : 0;
  }

  /** inet_ntop(3): an address of a family as text. */
  public static String inetNtop(int family, byte[] address) {
    Libc.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(linux_h.INET6_ADDRSTRLEN());
      MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
      long written =
          Libc.call(
              linux_h.inet_ntop$address(),
              family,
              from.address(),
              text.address(),
              text.byteSize(),
              from,
              text);
      return written == 0 ? "" : text.getString(0);
    }
  }

  /** inet_pton(3): the bytes of an address of a family, or null if the text is none. */
  public static byte[] inetPton(int family, String text) {
    Libc.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(family == linux_h.AF_INET() ? 4 : 16);
      MemorySegment from = text(arena, text);
      int valid =
          (int)
              Libc.call(
                  linux_h.inet_pton$address(),
                  family,
                  from.address(),
                  into.address(),
                  0,
                  from,
                  into);
      return valid == 1 ? SockAddr.bytes(into, 0, (int) into.byteSize()) : null;
    }
  }

  /** As {@code allocateFrom}, without the handles that it makes at start-up. */
  private static MemorySegment text(Arena arena, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment into = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return into;
  }

  private static String text(long address) {
    return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
  }

  private static final class Getnameinfo {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.getnameinfo$address(), linux_h.getnameinfo$descriptor());
  }
}
