package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.io.Descriptor;
import nixio.posix.Constants;

/** getsockopt(2) and setsockopt(2), through the rows' codecs. */
final class OptionAccess {
  private static final long ALIGNMENT = 8;

  private OptionAccess() {}

  static <T> T get(Descriptor descriptor, Option<T> option) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int size = option.codec().size();
      MemorySegment value = arena.allocate(size, ALIGNMENT);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, size);
      int answer = descriptor.getsockopt(option.levelNumber(), option.number(), value, length);
      if (answer < 0) {
        throw failure("getsockopt ", option, -answer, null);
      }
      int used = Math.min(size, length.get(ValueLayout.JAVA_INT, 0));
      return option.codec().read(value.asSlice(0, used));
    }
  }

  static <T> void set(Descriptor descriptor, Option<T> option, T value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(option.codec().size(), ALIGNMENT);
      int length = write(option, value, memory);
      int answer = descriptor.setsockopt(option.levelNumber(), option.number(), memory, length);
      if (answer < 0) {
        throw failure("setsockopt ", option, -answer, value);
      }
    }
  }

  private static <T> int write(Option<T> option, T value, MemorySegment memory) {
    try {
      int length = option.codec().write(option.type().cast(value), memory);
      if (length < 0 || length > memory.byteSize()) {
        throw new IllegalArgumentException(
            "its codec wrote " + length + " bytes, of " + memory.byteSize());
      }
      return length;
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new IllegalArgumentException(option.name() + ": " + e.getMessage(), e);
    }
  }

  private static NixioException failure(String call, Option<?> option, int number, Object value) {
    if (number == Constants.EBADF) {
      return NixioException.closed(call + option.name());
    }
    String advice = Advice.toSet(option, number);
    if (advice == null && value != null) {
      advice = "the value was " + value;
    }
    return new NixioException(call + option.name(), null, number, 0, advice);
  }
}
