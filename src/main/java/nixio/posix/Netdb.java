package nixio.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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
   * @param found a pointer, which takes the head of a list for {@link #freeaddrinfo}
   */
  public static int getaddrinfo(
      MemorySegment errno,
      MemorySegment host,
      MemorySegment service,
      MemorySegment hints,
      MemorySegment found) {
    try {
      return (int) Getaddrinfo.HANDLE.invokeExact(errno, host, service, hints, found);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** freeaddrinfo(3). */
  public static void freeaddrinfo(MemorySegment head) {
    try {
      Freeaddrinfo.HANDLE.invokeExact(head);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
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
    try {
      MemorySegment text = (MemorySegment) GaiStrerror.HANDLE.invokeExact(code);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /**
   * getifaddrs(3).
   *
   * @param found a pointer, which takes the head of a list for {@link #freeifaddrs}
   */
  public static int getifaddrs(MemorySegment errno, MemorySegment found) {
    try {
      return Libc.answer((int) Getifaddrs.HANDLE.invokeExact(errno, found), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** freeifaddrs(3). */
  public static void freeifaddrs(MemorySegment head) {
    try {
      Freeifaddrs.HANDLE.invokeExact(head);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** if_nametoindex(3): its 0 is a failure too. */
  public static int ifNametoindex(MemorySegment errno, MemorySegment name) {
    Libc.require();
    try {
      int index = (int) IfNametoindex.HANDLE.invokeExact(errno, name);
      return index == 0 ? Libc.answer(-1, errno) : index;
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** if_indextoname(3): 0, with the name in {@code name}. */
  public static int ifIndextoname(MemorySegment errno, int index, MemorySegment name) {
    Libc.require();
    try {
      MemorySegment found = (MemorySegment) IfIndextoname.HANDLE.invokeExact(errno, index, name);
      return found.address() == 0 ? Libc.answer(-1, errno) : 0;
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** inet_ntop(3): an address of a family as text. */
  public static String inetNtop(int family, byte[] address) {
    Libc.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(linux_h.INET6_ADDRSTRLEN());
      MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
      MemorySegment written =
          (MemorySegment) InetNtop.HANDLE.invokeExact(family, from, text, (int) text.byteSize());
      return written.address() == 0 ? "" : text.getString(0);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** inet_pton(3): the bytes of an address of a family, or null if the text is none. */
  public static byte[] inetPton(int family, String text) {
    Libc.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(family == linux_h.AF_INET() ? 4 : 16);
      int valid = (int) InetPton.HANDLE.invokeExact(family, arena.allocateFrom(text), into);
      return valid == 1 ? into.toArray(ValueLayout.JAVA_BYTE) : null;
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class InetNtop {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.inet_ntop$address(), linux_h.inet_ntop$descriptor());
  }

  private static final class InetPton {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.inet_pton$address(), linux_h.inet_pton$descriptor());
  }

  private static final class Getaddrinfo {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.getaddrinfo$address(), linux_h.getaddrinfo$descriptor());
  }

  private static final class Freeaddrinfo {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.freeaddrinfo$address(), linux_h.freeaddrinfo$descriptor());
  }

  private static final class Getnameinfo {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.getnameinfo$address(), linux_h.getnameinfo$descriptor());
  }

  private static final class GaiStrerror {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.gai_strerror$address(), linux_h.gai_strerror$descriptor());
  }

  private static final class Getifaddrs {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.getifaddrs$address(), linux_h.getifaddrs$descriptor());
  }

  private static final class Freeifaddrs {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.freeifaddrs$address(), linux_h.freeifaddrs$descriptor());
  }

  private static final class IfNametoindex {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.if_nametoindex$address(), linux_h.if_nametoindex$descriptor());
  }

  private static final class IfIndextoname {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.if_indextoname$address(), linux_h.if_indextoname$descriptor());
  }
}
