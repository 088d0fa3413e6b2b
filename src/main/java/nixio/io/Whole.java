package nixio.io;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import nixio.posix.Constants;

/**
 * Transfers in one direction that go on until everything is moved: one after another, so that their
 * pieces don't mix.
 */
final class Whole {
  private final Descriptor descriptor;
  private final int side;
  private final ReentrantLock order = new ReentrantLock();

  Whole(Descriptor descriptor, int side) {
    this.descriptor = descriptor;
    this.side = side;
  }

  /** The bytes moved, or what and why, see {@link Descriptor#errno(long)}. */
  long transfer(MemorySegment buffer, long offset, long length, int flags, long deadline) {
    return transfer(null, null, 0, buffer, offset, length, flags, deadline);
  }

  /** The same, by a call that is not recv(2) or send(2). */
  long transfer(
      Call call, MemorySegment buffer, long offset, long length, int flags, long deadline) {
    return transfer(call, null, 0, buffer, offset, length, flags, deadline);
  }

  /**
   * The same, begun with a message: what goes with it, such as control data, goes once.
   *
   * @param messages an array of messages, of which the {@code at}th has those data; null for none
   */
  long transfer(
      MemorySegment messages,
      int at,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      long deadline) {
    return transfer(null, messages, at, buffer, offset, length, flags, deadline);
  }

  private long transfer(
      Call call,
      MemorySegment messages,
      int at,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      long deadline) {
    boolean waits = descriptor.isBlocking() && (flags & Constants.MSG_DONTWAIT) == 0;
    if (waits && !order.tryLock()) {
      int refused = lock(deadline);
      if (refused < 0) {
        return refused;
      }
    }
    try {
      return inOrder(call, messages, at, buffer, offset, length, flags, deadline, waits);
    } finally {
      if (waits) {
        order.unlock();
      }
    }
  }

  private long inOrder(
      Call call,
      MemorySegment messages,
      int at,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      long deadline,
      boolean waits) {
    long total = 0;
    do {
      long start = descriptor.start();
      boolean begins = messages != null && total == 0;
      long n =
          begins
              ? descriptor.sendmsg(messages, at, flags, deadline)
              : once(call, buffer, offset + total, length - total, flags, deadline);
      if (n < 0) {
        return total == 0 ? n : n == -Constants.EAGAIN ? total : Descriptor.midway(total, n);
      }
      total += n;
      if (n == 0) {
        break;
      }
      if (total < length && waits && isCutShort(flags, deadline, start)) {
        return Descriptor.midway(total, Descriptor.TIMED_OUT);
      }
    } while (total < length);
    return total;
  }

  private long once(
      Call call, MemorySegment buffer, long offset, long length, int flags, long deadline) {
    if (call != null) {
      return descriptor.transfer(
          side, call, buffer, offset, length, flags, null, null, null, deadline);
    }
    return side == Gate.READING
        ? descriptor.recv(buffer, offset, length, flags, deadline)
        : descriptor.send(buffer, offset, length, flags, deadline);
  }

  /** Whether the kernel, which was to move everything, stopped because the time was up. */
  private boolean isCutShort(int flags, long deadline, long start) {
    return (side == Gate.WRITING || (flags & Constants.MSG_WAITALL) != 0)
        && deadline == Descriptor.NEVER
        && !Thread.currentThread().isVirtual()
        && Descriptor.elapsed(descriptor.limitInside(side, start, Descriptor.NEVER));
  }

  private int lock(long deadline) {
    long limit = descriptor.limitInside(side, System.nanoTime(), deadline);
    try {
      if (limit == Descriptor.NEVER) {
        order.lockInterruptibly();
        return 0;
      }
      return order.tryLock(limit - System.nanoTime(), TimeUnit.NANOSECONDS)
          ? 0
          : Descriptor.TIMED_OUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -Constants.EINTR;
    }
  }
}
