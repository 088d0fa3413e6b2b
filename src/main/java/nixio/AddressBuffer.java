package nixio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import nixio.posix.SockAddr;

/**
 * An address in native memory, to be used again and again: {@link Socket#recvfrom(MemorySegment,
 * AddressBuffer)} writes the sender into it, {@link Socket#sendto(MemorySegment, AddressBuffer)}
 * takes the receiver from it, and neither allocates anything.
 *
 * <p>For one thread at a time. It must not be used in two calls at once.
 */
public final class AddressBuffer {
  private static final long ALIGNMENT = 16;

  /** The address, of the greatest size. */
  final MemorySegment address;

  /** Its length, an int. */
  final MemorySegment length;

  /** A buffer whose memory is freed when it is no longer reachable. */
  public AddressBuffer() {
    this(Arena.ofAuto());
  }

  /** A buffer over memory of an allocator's, as of an arena, and with its lifetime. */
  public AddressBuffer(SegmentAllocator allocator) {
    MemorySegment memory = allocator.allocate(SockAddr.MAX + ALIGNMENT, ALIGNMENT);
    if (!memory.isNative()) {
      throw new IllegalArgumentException(
          "the allocator gives memory on the heap: off-heap is needed");
    }
    address = memory.asSlice(0, SockAddr.MAX);
    length = memory.asSlice(SockAddr.MAX, Integer.BYTES);
    clear();
  }

  /** A buffer over an address and its length that stand in different places. */
  AddressBuffer(MemorySegment address, MemorySegment length) {
    this.address = address;
    this.length = length;
    clear();
  }

  /** The address that it holds; null if the kernel told none, as on streams. */
  public Address address() {
    return Address.read(address, length());
  }

  /** Puts an address into it. */
  public AddressBuffer set(Address to) {
    Objects.requireNonNull(to, "to");
    length.set(ValueLayout.JAVA_INT, 0, to.write(address));
    return this;
  }

  /** The port of an IPv4 or IPv6 address, without making an object; 0 for any other. */
  public int port() {
    int family = family();
    return family == Domain.INET.number() || family == Domain.INET6.number()
        ? SockAddr.port(address)
        : 0;
  }

  /**
   * After the kernel has written: for a path of 108 bytes it counts a NUL that is not there, and
   * would not take that length back.
   */
  void received() {
    if (length() > SockAddr.unixMax() && family() == Domain.UNIX.number()) {
      length.set(ValueLayout.JAVA_INT, 0, SockAddr.unixMax());
    }
  }

  void clear() {
    length(0);
  }

  void length(int bytes) {
    length.set(ValueLayout.JAVA_INT, 0, bytes);
  }

  int family() {
    return SockAddr.family(address, length());
  }

  int length() {
    return Math.min(length.get(ValueLayout.JAVA_INT, 0), SockAddr.MAX);
  }

  /** {@link #address()} as text. */
  @Override
  public String toString() {
    return String.valueOf(address());
  }
}
