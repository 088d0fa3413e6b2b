package nixio.stress;

import java.util.concurrent.TimeUnit;
import nixio.NixioException;
import nixio.Socket;

/** Whether a call has ended as the documentation says, and the counts of how. */
final class Verdict {
  /** The kernel counts time-outs in ticks. */
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

  /** Fifty times what is promised, as the machine may be busy with much else. */
  private static final long LATE = TimeUnit.SECONDS.toNanos(5);

  private final Tally tally;

  Verdict(Tally tally) {
    this.tally = tally;
  }

  void check(Call call, NixioException e) {
    boolean closed = e.getMessage().contains("socket closed");
    boolean known =
        switch (e.errno()) {
          case null -> false;
          case EBADF -> closed && call.handle != null && call.handle.isClosing();
          case EINTR -> call.act.waits() && Thread.currentThread().isInterrupted();
          default -> call.act.permits(e.errno(), call);
        };
    if (!known) {
      throw new Failure(call + ": not documented, as things are", e);
    }
  }

  void judge(Call call, Result result) {
    switch (result.ending()) {
      case ANSWERED -> {
        if (call.act.waits() && result.number() == Socket.WOULD_BLOCK && call.waited()) {
          throw new Failure(call + ": answered WOULD_BLOCK");
        }
      }
      case CLOSED -> judgeClosed(call);
      case INTERRUPTED -> {
        if (call.interruptedAt != 0) {
          tally.interrupts.add(System.nanoTime() - call.interruptedAt);
        }
      }
      case TIMED_OUT -> judgeTimeout(call);
      case FAILED -> call.to().broken = true;
    }
    judgeLimit(call);
    tally.count(call, result);
  }

  private void judgeClosed(Call call) {
    long late = System.nanoTime() - call.handle.closedAt();
    if (call.handle.closedAt() - call.start > 0) {
      tally.closes.add(late);
      if (late > LATE) {
        throw new Failure(call + ": ended long after the close");
      }
    }
  }

  private static void judgeTimeout(Call call) {
    long least = call.leastWait();
    if (least == Description.UNLIMITED || call.age() < least - TICK) {
      throw new Failure(call + ": timed out before its time");
    }
  }

  /** However it has ended: its time was up then. */
  private void judgeLimit(Call call) {
    if (call.limit == null || call.limit.isZero()) {
      return;
    }
    long late = call.age() - call.limit.toNanos();
    if (late > 0) {
      (call.act == Act.WAIT ? tally.timeoutsUnderSignals : tally.timeouts).add(late);
    }
    if (late > LATE) {
      throw new Failure(call + ": ended long after its time");
    }
  }
}
