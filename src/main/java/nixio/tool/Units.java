package nixio.tool;

import java.util.Locale;

/** Numbers as people read them. */
final class Units {
  private static final long MEBIBYTE = 1L << 20;

  private Units() {}

  /** Whole MiB as such, anything else to the byte. */
  static String bytes(long bytes) {
    return bytes >= MEBIBYTE && bytes % MEBIBYTE == 0
        ? bytes / MEBIBYTE + " MiB"
        : String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  /** Millions of bytes in a second. */
  static String rate(long bytes, long nanos) {
    return nanos <= 0 ? "" : String.format(Locale.ROOT, "%,.0f", bytes * 1e3 / nanos);
  }
}
