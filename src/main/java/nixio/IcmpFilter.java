package nixio;

import java.util.Arrays;

/**
 * Which types of ICMP or ICMPv6 messages a raw socket receives; see raw(7) and RFC 3542. Of ICMP,
 * types of 32 and more always pass.
 */
public final class IcmpFilter {
  private static final int TYPES = 256;

  /** As the kernel has them: a bit for each type that does not pass. */
  private final int[] blocked;

  private IcmpFilter(int[] blocked) {
    this.blocked = blocked;
  }

  /** These types pass, no others. */
  public static IcmpFilter passing(int... types) {
    int[] blocked = blocking(types).blocked;
    for (int i = 0; i < blocked.length; i++) {
      blocked[i] = ~blocked[i];
    }
    return new IcmpFilter(blocked);
  }

  /** All types pass but these. */
  public static IcmpFilter blocking(int... types) {
    int[] blocked = new int[TYPES / Integer.SIZE];
    for (int type : types) {
      blocked[check(type) / Integer.SIZE] |= 1 << type % Integer.SIZE;
    }
    return new IcmpFilter(blocked);
  }

  /** Of the kernel's words; those that are missing block nothing. */
  static IcmpFilter of(int... words) {
    return new IcmpFilter(Arrays.copyOf(words, TYPES / Integer.SIZE));
  }

  private static int check(int type) {
    if (type < 0 || type >= TYPES) {
      throw new IllegalArgumentException("type " + type + " is not in 0..255");
    }
    return type;
  }

  /** Whether a type passes. */
  public boolean passes(int type) {
    return (blocked[check(type) / Integer.SIZE] >>> type % Integer.SIZE & 1) == 0;
  }

  int[] words() {
    return blocked.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IcmpFilter that && Arrays.equals(that.blocked, blocked);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blocked);
  }

  /** The blocked types, a bit for each, in hexadecimal words. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("blocked");
    for (int word : blocked) {
      text.append(' ').append(Integer.toHexString(word));
    }
    return text.toString();
  }
}
