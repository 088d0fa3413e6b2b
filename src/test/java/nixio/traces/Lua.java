package nixio.traces;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What Lua 5.1 makes of values. Whole numbers are {@code Long}, others {@code Double}; bytes are
 * strings of U+0000..U+00FF, as in the recording.
 */
final class Lua {

  private static final Pattern HEXADECIMAL = Pattern.compile("[+-]?0[xX][0-9a-fA-F]{1,15}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final int DIGITS = 14;

  private Lua() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static String text(MemorySegment bytes) {
    return text(bytes.toArray(ValueLayout.JAVA_BYTE));
  }

  static Number number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 0x1p63) {
      return (long) value;
    }
    return value;
  }

  static boolean truth(Object value) {
    return value != null && !value.equals(false);
  }

  /** {@code tostring}. */
  static String toText(Object value) {
    return switch (value) {
      case null -> "nil";
      case Number number -> toText(new BigDecimal(number.toString()));
      default -> value.toString();
    };
  }

  /** C's %.14g. */
  private static String toText(BigDecimal number) {
    BigDecimal rounded = number.round(new MathContext(DIGITS)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || (exponent >= -4 && exponent < DIGITS)) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%s%c%se%+03d"
        .formatted(rounded.signum() < 0 ? "-" : "", digits.charAt(0), fraction, exponent);
  }

  /** The number that stands in a string, or null. */
  static Number toNumber(String text) {
    String digits = text.strip();
    if (HEXADECIMAL.matcher(digits).matches()) {
      return Long.decode(digits);
    }
    return DECIMAL.matcher(digits).matches() ? number(Double.parseDouble(digits)) : null;
  }
}
