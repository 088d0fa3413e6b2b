package nixio.posix;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import nixio.posix.gen.linux.linux_h;

/**
 * Links C functions, with errno; nobody else does.
 *
 * <p>Each function has a holder class of its own, so that it is linked when it is first called.
 * Every call takes a segment of {@link #ERRNO_SIZE} bytes that nobody else uses meanwhile.
 */
public final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET = STATE.byteOffset(PathElement.groupElement("errno"));

  /** Bytes of the segment that takes a call's errno. */
  public static final long ERRNO_SIZE = STATE.byteSize();

  /** Why linking is refused, or null. */
  private static final String REFUSED = refusal();

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

  private static String refusal() {
    try {
      link(linux_h.close$address(), linux_h.close$descriptor());
      return null;
    } catch (IllegalCallerException refused) {
      return refused.getMessage();
    }
  }

  static MethodHandle link(MemorySegment address, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(address, descriptor, ERRNO);
  }

  /**
   * Links a function so that its one pointer is a number, and the segment that it points into a
   * last argument, which the function never looks at: it keeps the memory alive during the call. A
   * slice would do so too, but whether it costs an object is up to C2's luck.
   */
  static MethodHandle linkParts(MemorySegment address, FunctionDescriptor descriptor) {
    return linkParts(address, descriptor, 1);
  }

  /** The same for memory that consists of so many segments. */
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

  /** Links a function with a variable number of arguments, of which {@code extra} are passed. */
  static MethodHandle linkVariadic(
      MemorySegment address, FunctionDescriptor fixed, ValueLayout... extra) {
    return LINKER.downcallHandle(
        address,
        fixed.appendArgumentLayouts(extra),
        ERRNO,
        Linker.Option.firstVariadicArg(fixed.argumentLayouts().size()));
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
