package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.gen.linux.linux_h;

/** Readiness of many descriptors, told once per change: {@code <sys/epoll.h>}. */
public final class Epoll {
  /*
   * struct epoll_event is packed on x86-64 and nowhere else (the kernel's
   * include/uapi/linux/eventpoll.h, EPOLL_PACKED), so one set of bindings can't hold it.
   */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  /** Where the data of a struct epoll_event begin; its events begin at 0. */
  public static final int EVENT_DATA_OFFSET = PACKED ? 4 : 8;

  /** Bytes of a struct epoll_event. */
  public static final int EVENT_SIZE = EVENT_DATA_OFFSET + Long.BYTES;

  private Epoll() {}

  /** Writes the {@code at}th struct epoll_event. */
  public static void putEvent(MemorySegment array, long at, int events, long data) {
    array.set(ValueLayout.JAVA_INT_UNALIGNED, at * EVENT_SIZE, events);
    array.set(ValueLayout.JAVA_LONG_UNALIGNED, at * EVENT_SIZE + EVENT_DATA_OFFSET, data);
  }

  /** The events of the {@code at}th struct epoll_event. */
  public static int events(MemorySegment array, long at) {
    return array.get(ValueLayout.JAVA_INT_UNALIGNED, at * EVENT_SIZE);
  }

  /** The data of the {@code at}th struct epoll_event. */
  public static long data(MemorySegment array, long at) {
    return array.get(ValueLayout.JAVA_LONG_UNALIGNED, at * EVENT_SIZE + EVENT_DATA_OFFSET);
  }

  /** epoll_create1(2): a new descriptor. */
  public static int epollCreate1(MemorySegment errno, int flags) {
    return Libc.answer((int) Libc.call(linux_h.epoll_create1$address(), errno, flags, 0, 0), errno);
  }

  /** epoll_ctl(2). */
  public static int epollCtl(
      MemorySegment errno, int epoll, int operation, int fd, MemorySegment event) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.epoll_ctl$address(),
                errno,
                epoll,
                operation,
                fd,
                event.address(),
                0,
                0,
                event,
                MemorySegment.NULL),
        errno);
  }

  /** epoll_wait(2): the number of events. */
  public static int epollWait(
      MemorySegment errno, int epoll, MemorySegment events, int most, int milliseconds) {
    return Libc.answer(
        (int)
            Libc.call(
                linux_h.epoll_wait$address(),
                errno,
                epoll,
                events.address(),
                most,
                milliseconds,
                0,
                0,
                events,
                MemorySegment.NULL),
        errno);
  }
}
