package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import nixio.posix.gen.linux.linux_h;

/** Sockets: {@code <sys/socket.h>}. */
public final class SysSocket {
  private SysSocket() {}

  /** socket(2): a new descriptor. */
  public static int socket(MemorySegment errno, int domain, int type, int protocol) {
    try {
      return Libc.answer((int) Socket.HANDLE.invokeExact(errno, domain, type, protocol), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** socketpair(2): two ints into {@code descriptors}. */
  public static int socketpair(
      MemorySegment errno, int domain, int type, int protocol, MemorySegment descriptors) {
    try {
      return Libc.answer(
          (int) Socketpair.HANDLE.invokeExact(errno, domain, type, protocol, descriptors), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** bind(2). */
  public static int bind(MemorySegment errno, int fd, MemorySegment address, int length) {
    try {
      return Libc.answer((int) Bind.HANDLE.invokeExact(errno, fd, address, length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** listen(2). */
  public static int listen(MemorySegment errno, int fd, int backlog) {
    try {
      return Libc.answer((int) Listen.HANDLE.invokeExact(errno, fd, backlog), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** accept4(2): a new descriptor. */
  public static int accept4(
      MemorySegment errno, int fd, MemorySegment address, MemorySegment length, int flags) {
    try {
      return Libc.answer(
          (int) Accept4.HANDLE.invokeExact(errno, fd, address, length, flags), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** connect(2). */
  public static int connect(MemorySegment errno, int fd, MemorySegment address, int length) {
    try {
      return Libc.answer((int) Connect.HANDLE.invokeExact(errno, fd, address, length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** getsockname(2). */
  public static int getsockname(
      MemorySegment errno, int fd, MemorySegment address, MemorySegment length) {
    try {
      return Libc.answer((int) Getsockname.HANDLE.invokeExact(errno, fd, address, length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** getpeername(2). */
  public static int getpeername(
      MemorySegment errno, int fd, MemorySegment address, MemorySegment length) {
    try {
      return Libc.answer((int) Getpeername.HANDLE.invokeExact(errno, fd, address, length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** getsockopt(2). */
  public static int getsockopt(
      MemorySegment errno, int fd, int level, int name, MemorySegment value, MemorySegment length) {
    try {
      return Libc.answer(
          (int) Getsockopt.HANDLE.invokeExact(errno, fd, level, name, value, length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** setsockopt(2). */
  public static int setsockopt(
      MemorySegment errno, int fd, int level, int name, MemorySegment value, int length) {
    try {
      return Libc.answer(
          (int) Setsockopt.HANDLE.invokeExact(errno, fd, level, name, value, length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** shutdown(2). */
  public static int shutdown(MemorySegment errno, int fd, int how) {
    try {
      return Libc.answer((int) Shutdown.HANDLE.invokeExact(errno, fd, how), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** recv(2), into a part of a buffer. */
  public static long recv(
      MemorySegment errno, int fd, MemorySegment buffer, long offset, long length, int flags) {
    Objects.checkFromIndexSize(offset, length, buffer.byteSize());
    try {
      long start = buffer.address() + offset;
      return Libc.answer(
          (long) Recv.HANDLE.invokeExact(errno, fd, start, length, flags, buffer), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** recvfrom(2). */
  public static long recvfrom(
      MemorySegment errno,
      int fd,
      MemorySegment buffer,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    try {
      return Libc.answer(
          (long)
              Recvfrom.HANDLE.invokeExact(errno, fd, buffer, length, flags, address, addressLength),
          errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** send(2), of a part of a buffer. */
  public static long send(
      MemorySegment errno, int fd, MemorySegment buffer, long offset, long length, int flags) {
    Objects.checkFromIndexSize(offset, length, buffer.byteSize());
    try {
      long start = buffer.address() + offset;
      return Libc.answer(
          (long) Send.HANDLE.invokeExact(errno, fd, start, length, flags, buffer), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** sendto(2). */
  public static long sendto(
      MemorySegment errno,
      int fd,
      MemorySegment buffer,
      long length,
      int flags,
      MemorySegment address,
      int addressLength) {
    try {
      return Libc.answer(
          (long)
              Sendto.HANDLE.invokeExact(errno, fd, buffer, length, flags, address, addressLength),
          errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** sendmsg(2): the {@code at}th of an array of messages. */
  public static long sendmsg(MemorySegment errno, int fd, MemorySegment array, long at, int flags) {
    Objects.checkIndex(at, array.byteSize() / MsgHdr.SIZE);
    try {
      long message = array.address() + at * MsgHdr.SIZE;
      return Libc.answer(
          (long) Sendmsg.HANDLE.invokeExact(errno, fd, message, flags, array), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** recvmsg(2): into the first of an array of messages. */
  public static long recvmsg(MemorySegment errno, int fd, MemorySegment message, int flags) {
    try {
      return Libc.answer((long) Recvmsg.HANDLE.invokeExact(errno, fd, message, flags), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** sendmmsg(2), of an array of messages from the {@code first} on; answers how many. */
  public static int sendmmsg(
      MemorySegment errno, int fd, MemorySegment array, long first, int count, int flags) {
    Objects.checkFromIndexSize(first, count, array.byteSize() / MsgHdr.SIZE);
    try {
      long start = array.address() + first * MsgHdr.SIZE;
      return Libc.answer(
          (int) Sendmmsg.HANDLE.invokeExact(errno, fd, start, count, flags, array), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** recvmmsg(2), without its time-out; answers how many. */
  public static int recvmmsg(
      MemorySegment errno, int fd, MemorySegment array, int count, int flags) {
    Objects.checkFromIndexSize(0, count, array.byteSize() / MsgHdr.SIZE);
    try {
      return Libc.answer(
          (int) Recvmmsg.HANDLE.invokeExact(errno, fd, array, count, flags, MemorySegment.NULL),
          errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class Socket {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.socket$address(), linux_h.socket$descriptor());
  }

  private static final class Socketpair {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.socketpair$address(), linux_h.socketpair$descriptor());
  }

  private static final class Bind {
    static final MethodHandle HANDLE = Libc.link(linux_h.bind$address(), linux_h.bind$descriptor());
  }

  private static final class Listen {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.listen$address(), linux_h.listen$descriptor());
  }

  private static final class Accept4 {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.accept4$address(), linux_h.accept4$descriptor());
  }

  private static final class Connect {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.connect$address(), linux_h.connect$descriptor());
  }

  private static final class Getsockname {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.getsockname$address(), linux_h.getsockname$descriptor());
  }

  private static final class Getpeername {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.getpeername$address(), linux_h.getpeername$descriptor());
  }

  private static final class Getsockopt {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.getsockopt$address(), linux_h.getsockopt$descriptor());
  }

  private static final class Setsockopt {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.setsockopt$address(), linux_h.setsockopt$descriptor());
  }

  private static final class Shutdown {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.shutdown$address(), linux_h.shutdown$descriptor());
  }

  private static final class Recv {
    static final MethodHandle HANDLE =
        Libc.linkParts(linux_h.recv$address(), linux_h.recv$descriptor());
  }

  private static final class Recvfrom {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.recvfrom$address(), linux_h.recvfrom$descriptor());
  }

  private static final class Send {
    static final MethodHandle HANDLE =
        Libc.linkParts(linux_h.send$address(), linux_h.send$descriptor());
  }

  private static final class Sendto {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.sendto$address(), linux_h.sendto$descriptor());
  }

  private static final class Sendmsg {
    static final MethodHandle HANDLE =
        Libc.linkParts(linux_h.sendmsg$address(), linux_h.sendmsg$descriptor());
  }

  private static final class Recvmsg {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.recvmsg$address(), linux_h.recvmsg$descriptor());
  }

  private static final class Sendmmsg {
    static final MethodHandle HANDLE =
        Libc.linkParts(linux_h.sendmmsg$address(), linux_h.sendmmsg$descriptor());
  }

  private static final class Recvmmsg {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.recvmmsg$address(), linux_h.recvmmsg$descriptor());
  }
}
