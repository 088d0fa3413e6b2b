package nixio.posix;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/**
 * Calls C functions, with errno; nobody else does.
 *
 * <p>What a linker makes of a signature takes longer than anything else at start-up, so nearly all
 * functions are called by one that fits them all, {@link #call}. One that it doesn't fit has a
 * holder class of its own, so that it is linked when it is first called. Every call takes a segment
 * of {@link #ERRNO_SIZE} bytes that nobody else uses meanwhile.
 */
public final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET = STATE.byteOffset(PathElement.groupElement("errno"));

  /** Bytes of the segment that takes a call's errno. */
  public static final long ERRNO_SIZE = STATE.byteSize();

  /** The function, errno, its arguments, and memory that is kept alive. */
  private static final MethodHandle CALL;

  /** Why linking is refused, or null. */
  private static final String REFUSED;

  static {
    MethodHandle call = null;
    String refused = null;
    try {
      call =
          LINKER.downcallHandle(
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS),
              ERRNO);
    } catch (IllegalCallerException e) {
      refused = e.getMessage();
    }
    CALL = call;
    REFUSED = refused;
  }

  /** Where functions leave errno that don't tell by it: many write here, and nobody reads. */
  private static final MemorySegment UNREAD = Arena.global().allocate(ERRNO_SIZE, Long.BYTES);

  private Libc() {}

  /**
   * Demands that this library may call native code.
   *
   * @throws IllegalCallerException if it may not; the message tells the option to start java with
   */
  public static void require() {
    if (REFUSED != null) {
      Module module = Libc.class.getModule();
      String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
      throw new IllegalCallerException(
          String.format(
              "nixio calls the C library, and native access is denied here: start java with"
                  + " --enable-native-access=%s (%s)",
              name, REFUSED));
    }
  }

  /**
   * Calls a function of up to six integers and pointers, whose answer is one, too: int arguments
   * and answers are the lower halves of these. A pointer is passed as a number, and the memory that
   * it points into as {@code kept}, or {@code keptToo}, which the function never looks at: these
   * can't be freed during the call.
   *
   * <p>In the calling conventions of Linux on x86-64 and aarch64 the six are in registers of their
   * own, whatever their types and however many the function takes, a variable number included.
   */
  static long call(
      MemorySegment function,
      MemorySegment errno,
      long first,
      long second,
      long third,
      long fourth,
      long fifth,
      long sixth,
      MemorySegment kept,
      MemorySegment keptToo) {
    try {
      return (long)
          CALL.invokeExact(
              function, errno, first, second, third, fourth, fifth, sixth, kept, keptToo);
    } catch (Throwable t) {
      throw thrown(t);
    }
  }

  /** Calls a function of up to three integers. */
  static long call(
      MemorySegment function, MemorySegment errno, long first, long second, long third) {
    return call(function, errno, first, second, third, MemorySegment.NULL);
  }

  /** Calls a function of up to three integers and pointers into {@code kept}. */
  static long call(
      MemorySegment function,
      MemorySegment errno,
      long first,
      long second,
      long third,
      MemorySegment kept) {
    return call(function, errno, first, second, third, 0, 0, 0, kept, MemorySegment.NULL);
  }

  /** Calls a function of up to two integers that does not set errno. */
  static long call(MemorySegment function, long first, long second) {
    return call(function, UNREAD, first, second, 0);
  }

  /** Calls a function of up to four integers and pointers that does not set errno. */
  static long call(
      MemorySegment function,
      long first,
      long second,
      long third,
      long fourth,
      MemorySegment kept,
      MemorySegment keptToo) {
    return call(function, UNREAD, first, second, third, fourth, 0, 0, kept, keptToo);
  }

  static MethodHandle link(MemorySegment address, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(address, descriptor, ERRNO);
  }

  /**
   * Links a function so that its one pointer is a number, and the segments that it points into are
   * last arguments, which the function never looks at: they keep the memory alive during the call.
   * Slices would do so too, but whether they cost objects is up to C2's luck.
   */
  static MethodHandle linkParts(MemorySegment address, FunctionDescriptor descriptor, int parts) {
    MemoryLayout[] arguments =
        descriptor.argumentLayouts().stream()
            .map(layout -> layout instanceof AddressLayout ? ValueLayout.JAVA_LONG : layout)
            .toArray(MemoryLayout[]::new);
    MemoryLayout[] kept =
        Collections.nCopies(parts, ValueLayout.ADDRESS).toArray(MemoryLayout[]::new);
    return link(
        address,
        FunctionDescriptor.of(descriptor.returnLayout().orElseThrow(), arguments)
            .appendArgumentLayouts(kept));
  }

  /** Links a function that does not set errno. */
  static MethodHandle linkPlain(MemorySegment address, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(address, descriptor);
  }

  /** What a call answers: its result, or {@code -errno}. */
  static long answer(long result, MemorySegment errno) {
    return result >= 0 ? result : -errno(errno);
  }

  static int answer(int result, MemorySegment errno) {
    return result >= 0 ? result : -errno(errno);
  }

  /**
   * The errno of the last call with this segment, where the call tells otherwise that it counts.
   */
  public static int errno(MemorySegment errno) {
    return errno.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
  }

  /**
   * What came out of a method handle: the caller's mistakes and the machine's, never a checked one.
   */
  static RuntimeException thrown(Throwable thrown) {
    if (thrown instanceof RuntimeException mistake) {
      return mistake;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }
}
