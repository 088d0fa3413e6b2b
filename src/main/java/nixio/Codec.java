package nixio;

import java.lang.foreign.MemorySegment;

/**
 * How an option's value stands in memory: the third argument of {@link Option#of}. Stateless, and
 * so thread-safe.
 *
 * <p>{@link Codecs} has those that the kernel's options need; write one for a struct of your own.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {
  /** The type of the values. */
  Class<T> type();

  /** The most bytes that a value has. */
  int size();

  /**
   * Reads a value.
   *
   * @param value as many bytes as the kernel gave
   */
  T read(MemorySegment value);

  /**
   * Writes a value.
   *
   * @param into {@link #size()} bytes, zeroed
   * @return how many bytes the kernel is to take
   * @throws IllegalArgumentException if the option can't have that value
   */
  int write(T value, MemorySegment into);

  /**
   * The value of what nixio's {@code setopt} takes behind level and option.
   *
   * @throws IllegalArgumentException if they are none
   */
  default T parse(Object... values) {
    if (values.length == 1 && type().isInstance(values[0])) {
      return type().cast(values[0]);
    }
    throw new IllegalArgumentException(
        java.util.Arrays.toString(values) + " is no value: one " + type().getSimpleName() + " is");
  }
}
