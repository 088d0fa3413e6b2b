package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Mman;

/**
 * Memory that is used by one call at a time, and can't be freed while a call has it or a part of
 * it.
 */
public final class Lease {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  private final Turn turn = new Turn();
  private final Arena arena = Arena.ofShared();

  /** Memory that is freed at the end. */
  public MemorySegment allocate(long bytes, long alignment) {
    return arena.allocate(bytes, alignment);
  }

  /**
   * Memory that is mapped, zeroed, and at the end unmapped: what the kernel still has of it stays
   * as it is, and is nobody else's.
   */
  public MemorySegment map(long bytes) {
    try (Arena own = Arena.ofConfined()) {
      int writable = Constants.PROT_READ | Constants.PROT_WRITE;
      int anonymous = Constants.MAP_PRIVATE | Constants.MAP_ANONYMOUS;
      MemorySegment errno = own.allocate(Libc.ERRNO_SIZE, 8);
      long address = Mman.mmap(errno, bytes, writable, anonymous, -1, 0);
      if (address < 0) {
        throw new OutOfMemoryError("mmap of " + bytes + " bytes failed with errno " + -address);
      }
      return MemorySegment.ofAddress(address).reinterpret(bytes, arena, _ -> unmap(address, bytes));
    }
  }

  private static void unmap(long address, long bytes) {
    try (Arena own = Arena.ofConfined()) {
      Mman.munmap(own.allocate(Libc.ERRNO_SIZE, 8), address, bytes);
    }
  }

  /**
   * Takes the memory for a call.
   *
   * @throws IllegalStateException if another call has it, or it was ended
   */
  public void take(String what) {
    turn.take(what);
  }

  /** Gives it back. */
  public void giveBack() {
    turn.giveBack();
  }

  /**
   * Ends it, and frees the memory; doing so again does nothing.
   *
   * @return whether this call did it
   * @throws IllegalStateException if a call has it, or a part of it; it goes on then
   */
  public boolean end(String what) {
    return end(what, () -> {});
  }

  /** The same; nobody can take it any more when something is done first, which may refuse. */
  public boolean end(String what, Runnable first) {
    if (!turn.end(what)) {
      return false;
    }
    try {
      first.run();
    } catch (IllegalStateException refused) {
      turn.giveBack();
      throw refused;
    }
    if (!isFreed()) {
      turn.giveBack();
      throw new IllegalStateException(what + " is in use by a call that has a part of it");
    }
    return true;
  }

  /** For an owner that was lost: frees the memory as soon as no call has a part of it. */
  public void abandon() {
    if (!isFreed()) {
      Thread.startVirtualThread(this::freeLater);
    }
  }

  private void freeLater() {
    do {
      LockSupport.parkNanos(PAUSE);
    } while (!isFreed());
  }

  private boolean isFreed() {
    if (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException inUse) {
        return false;
      }
    }
    return true;
  }
}
