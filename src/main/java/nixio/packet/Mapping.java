package nixio.packet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import nixio.Socket;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Mman;

/**
 * A ring's memory, for as long as the ring or a view of one of its blocks is open. It is of a
 * shared arena: who still reads it gets an exception.
 */
final class Mapping {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  final MemorySegment memory;

  private final Arena arena = Arena.ofShared();
  private final AtomicInteger users = new AtomicInteger(1);

  /** Maps the ring of a socket. */
  Mapping(Socket socket, long size) throws IOException {
    long address = map(socket.fileno(), size);
    if (address < 0) {
      arena.close();
      throw new IOException(
          "mmap of " + size + " bytes: " + nixio.Errno.of((int) -address) + ", errno " + -address);
    }
    memory = MemorySegment.ofAddress(address).reinterpret(size, arena, _ -> unmap(address, size));
  }

  /** Memory that nobody shares. */
  Mapping(long size) {
    memory = arena.allocate(size, 4096);
  }

  private static long map(int fd, long size) {
    try (Arena own = Arena.ofConfined()) {
      return Mman.mmap(
          own.allocate(Libc.ERRNO_SIZE, 8),
          size,
          Constants.PROT_READ | Constants.PROT_WRITE,
          Constants.MAP_SHARED,
          fd,
          0);
    }
  }

  private static void unmap(long address, long size) {
    try (Arena own = Arena.ofConfined()) {
      Mman.munmap(own.allocate(Libc.ERRNO_SIZE, 8), address, size);
    }
  }

  /** A part of it that lives until an arena is closed, and keeps the rest alive so long. */
  MemorySegment view(long offset, long size, Arena owner) {
    if (users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
      throw new IllegalStateException("the ring is closed");
    }
    return MemorySegment.ofAddress(memory.address() + offset)
        .reinterpret(size, owner, _ -> letGo());
  }

  /** The ring or a view is closed: the last of them frees the memory. */
  void letGo() {
    if (users.decrementAndGet() == 0 && !isFreed()) {
      Thread.startVirtualThread(this::free);
    }
  }

  /** Not yet if a system call is using the memory. */
  private boolean isFreed() {
    try {
      arena.close();
      return true;
    } catch (IllegalStateException inUse) {
      return false;
    }
  }

  private void free() {
    while (!isFreed()) {
      LockSupport.parkNanos(PAUSE);
    }
  }
}
