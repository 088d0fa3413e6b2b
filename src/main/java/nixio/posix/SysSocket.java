package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import nixio.posix.gen.linux.linux_h;

/** Sockets: {@code <sys/socket.h>}. */
public final class SysSocket {
  private SysSocket() {}

  /** socket(2): a new descriptor. */
  public static int socket(MemorySegment errno, int domain, int type, int protocol) {
    return Libc.answer(
        (int) Libc.call(linux_h.socket$address(), errno, domain, type, protocol), errno);
  }

  /** socketpair(2): two ints into {@code descriptors}. */
  public static int socketpair(
      MemorySegment errno, int domain, int type, int protocol, MemorySegment descriptors) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.socketpair$address(),
                errno,
                domain,
                type,
                protocol,
                descriptors.address(),
                0,
                0,
                descriptors,
                MemorySegment.NULL),
        errno);
  }

  /** bind(2). */
  public static int bind(MemorySegment errno, int fd, MemorySegment address, int length) {
    return Libc.answer(
        (int) Libc.call(linux_h.bind$address(), errno, fd, address.address(), length, address),
        errno);
  }

  /** listen(2). */
  public static int listen(MemorySegment errno, int fd, int backlog) {
    return Libc.answer((int) Libc.call(linux_h.listen$address(), errno, fd, backlog, 0), errno);
  }

  /** accept4(2): a new descriptor. */
  public static int accept4(
      MemorySegment errno, int fd, MemorySegment address, MemorySegment length, int flags) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.syscall$address(),
                errno,
                Syscall.ACCEPT4,
                fd,
                address.address(),
                length.address(),
                flags,
                0,
                address,
                length),
        errno);
  }

  /** connect(2). */
  public static int connect(MemorySegment errno, int fd, MemorySegment address, int length) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.syscall$address(),
                errno,
                Syscall.CONNECT,
                fd,
                address.address(),
                length,
                0,
                0,
                address,
                MemorySegment.NULL),
        errno);
  }

  /** getsockname(2). */
  public static int getsockname(
      MemorySegment errno, int fd, MemorySegment address, MemorySegment length) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.getsockname$address(),
                errno,
                fd,
                address.address(),
                length.address(),
                0,
                0,
                0,
                address,
                length),
        errno);
  }

  /** getpeername(2). */
  public static int getpeername(
      MemorySegment errno, int fd, MemorySegment address, MemorySegment length) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.getpeername$address(),
                errno,
                fd,
                address.address(),
                length.address(),
                0,
                0,
                0,
                address,
                length),
        errno);
  }

  /** getsockopt(2). */
  public static int getsockopt(
      MemorySegment errno, int fd, int level, int name, MemorySegment value, MemorySegment length) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.getsockopt$address(),
                errno,
                fd,
                level,
                name,
                value.address(),
                length.address(),
                0,
                value,
                length),
        errno);
  }

  /** setsockopt(2). */
  public static int setsockopt(
      MemorySegment errno, int fd, int level, int name, MemorySegment value, int length) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.setsockopt$address(),
                errno,
                fd,
                level,
                name,
                value.address(),
                length,
                0,
                value,
                MemorySegment.NULL),
        errno);
  }

  /** shutdown(2). */
  public static int shutdown(MemorySegment errno, int fd, int how) {
    return Libc.answer((int) Libc.call(linux_h.shutdown$address(), errno, fd, how, 0), errno);
  }

  /** recv(2), into a part of a buffer. */
  public static long recv(
      MemorySegment errno, int fd, MemorySegment buffer, long offset, long length, int flags) {
    Objects.checkFromIndexSize(offset, length, buffer.byteSize());
    long start = buffer.address() + offset;
    return Libc.answer(
        Libc.call(
            linux_h.syscall$address(),
            errno,
            Syscall.RECVFROM,
            fd,
            start,
            length,
            flags,
            0,
            MemorySegment.NULL,
            buffer),
        errno);
  }

  /**
   * recvfrom(2).
   *
   * @param addressLength lives as long as {@code address}
   */
  public static long recvfrom(
      MemorySegment errno,
      int fd,
      MemorySegment buffer,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    return Libc.answer(
        Libc.call(
            linux_h.recvfrom$address(),
            errno,
            fd,
            buffer.address(),
            length,
            flags,
            address.address(),
            addressLength.address(),
            buffer,
            address),
        errno);
  }

  /** send(2), of a part of a buffer. */
  public static long send(
      MemorySegment errno, int fd, MemorySegment buffer, long offset, long length, int flags) {
    Objects.checkFromIndexSize(offset, length, buffer.byteSize());
    long start = buffer.address() + offset;
    return Libc.answer(
        Libc.call(
            linux_h.syscall$address(),
            errno,
            Syscall.SENDTO,
            fd,
            start,
            length,
            flags,
            0,
            MemorySegment.NULL,
            buffer),
        errno);
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
    return Libc.answer(
        Libc.call(
            linux_h.sendto$address(),
            errno,
            fd,
            buffer.address(),
            length,
            flags,
            address.address(),
            addressLength,
            buffer,
            address),
        errno);
  }

  /** sendmsg(2): the {@code at}th of an array of messages. */
  public static long sendmsg(MemorySegment errno, int fd, MemorySegment array, long at, int flags) {
    Objects.checkIndex(at, array.byteSize() / MsgHdr.SIZE);
    long message = array.address() + at * MsgHdr.SIZE;
    return Libc.answer(
        Libc.call(
            linux_h.sendmsg$address(),
            errno,
            fd,
            message,
            flags,
            0,
            0,
            0,
            array,
            MemorySegment.NULL),
        errno);
  }

  /** recvmsg(2): into the first of an array of messages. */
  public static long recvmsg(MemorySegment errno, int fd, MemorySegment message, int flags) {
    return Libc.answer(
        Libc.call(
            linux_h.recvmsg$address(),
            errno,
            fd,
            message.address(),
            flags,
            0,
            0,
            0,
            message,
            MemorySegment.NULL),
        errno);
  }

  /** sendmmsg(2), of an array of messages from the {@code first} on; answers how many. */
  public static int sendmmsg(
      MemorySegment errno, int fd, MemorySegment array, long first, int count, int flags) {
    Objects.checkFromIndexSize(first, count, array.byteSize() / MsgHdr.SIZE);
    long start = array.address() + first * MsgHdr.SIZE;
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.sendmmsg$address(),
                errno,
                fd,
                start,
                count,
                flags,
                0,
                0,
                array,
                MemorySegment.NULL),
        errno);
  }

  /** recvmmsg(2), without its time-out; answers how many. */
  public static int recvmmsg(
      MemorySegment errno, int fd, MemorySegment array, int count, int flags) {
    Objects.checkFromIndexSize(0, count, array.byteSize() / MsgHdr.SIZE);
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.recvmmsg$address(),
                errno,
                fd,
                array.address(),
                count,
                flags,
                0,
                0,
                array,
                MemorySegment.NULL),
        errno);
  }
}
