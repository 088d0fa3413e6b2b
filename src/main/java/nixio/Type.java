package nixio;

import java.util.List;
import nixio.posix.Constants;

/**
 * How a socket moves data; see socket(2). Constants are unique, so that {@code ==} holds; any other
 * number of the kernel's comes from {@link #of(int)}.
 */
public final class Type {
  /** A stream of bytes, with a connection. */
  public static final Type STREAM = new Type("stream", Constants.SOCK_STREAM);

  /** Datagrams. */
  public static final Type DGRAM = new Type("dgram", Constants.SOCK_DGRAM);

  /** Packets with their headers, raw(7). */
  public static final Type RAW = new Type("raw", Constants.SOCK_RAW);

  /** Messages, in order, with a connection. */
  public static final Type SEQPACKET = new Type("seqpacket", Constants.SOCK_SEQPACKET);

  private static final List<Type> KNOWN = List.of(STREAM, DGRAM, RAW, SEQPACKET);

  private static final int FLAGS = Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;

  private final String name;
  private final int number;

  private Type(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /**
   * The type of one of nixio's names: {@code stream}, {@code dgram}, {@code raw}, {@code
   * seqpacket}.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Type of(String name) {
    return Names.find("type", KNOWN, name);
  }

  /**
   * The type of a number: the constant, where there is one.
   *
   * @throws IllegalArgumentException if there are flags in it
   */
  public static Type of(int number) {
    if ((number & FLAGS) != 0) {
      throw new IllegalArgumentException(
          "type "
              + number
              + " has flags in it: close-on-exec is always on, and"
              + " setblocking(false) is for SOCK_NONBLOCK");
    }
    for (Type known : KNOWN) {
      if (known.number == number) {
        return known;
      }
    }
    return new Type("type " + number, number);
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Type that && that.number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  /** The name that {@link #of(String)} takes. */
  @Override
  public String toString() {
    return name;
  }
}
