package nixio.tool;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Seconds as they are typed, a fraction included. */
final class Seconds implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    try {
      BigDecimal millis = new BigDecimal(value).movePointRight(3);
      if (millis.signum() >= 0) {
        return Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValueExact());
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Not a number, or more milliseconds than there are: the same answer as for a negative one.
    }
    throw new TypeConversionException("'" + value + "' is not a number of seconds");
  }
}
