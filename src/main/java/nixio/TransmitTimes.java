package nixio;

import java.util.Objects;
import nixio.posix.Constants;

/**
 * How times to send at are meant: the value of {@link Option#SO_TXTIME}. A queueing discipline,
 * such as tc-etf(8), must know of them; without one they have no effect.
 *
 * @param clock whose time {@link Control#transmitTime} is
 * @param deadline whether the time is the latest, not the earliest
 * @param reportErrors whether a time that was missed is told, by the queue of errors
 */
public record TransmitTimes(Clock clock, boolean deadline, boolean reportErrors) {
  /** A clock. */
  public enum Clock {
    /** CLOCK_MONOTONIC, as System.nanoTime has it. */
    MONOTONIC(Constants.CLOCK_MONOTONIC),
    /** CLOCK_TAI. Right: CAP_NET_ADMIN. */
    TAI(Constants.CLOCK_TAI),
    /** The system's own, CLOCK_REALTIME. It is read of sockets that have no times yet. */
    REALTIME(Constants.CLOCK_REALTIME);

    private final int number;

    Clock(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    private static Clock of(int number) {
      for (Clock each : values()) {
        if (each.number == number) {
          return each;
        }
      }
      throw new IllegalArgumentException("clock " + number + " has no name here");
    }
  }

  /** Times to send at. */
  public TransmitTimes {
    Objects.requireNonNull(clock, "clock");
  }

  /** The earliest time to send at, of a clock; nothing is told of those that were missed. */
  public static TransmitTimes of(Clock clock) {
    return new TransmitTimes(clock, false, false);
  }

  static TransmitTimes of(int clock, int flags) {
    return new TransmitTimes(
        Clock.of(clock),
        (flags & Constants.SOF_TXTIME_DEADLINE_MODE) != 0,
        (flags & Constants.SOF_TXTIME_REPORT_ERRORS) != 0);
  }

  int flags() {
    return (deadline ? Constants.SOF_TXTIME_DEADLINE_MODE : 0)
        | (reportErrors ? Constants.SOF_TXTIME_REPORT_ERRORS : 0);
  }
}
