package nixio.stress;

import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The counts of a run. */
final class Tally {
  final Spread closes = new Spread();
  final Spread interrupts = new Spread();
  final Spread timeouts = new Spread();
  final Spread timeoutsUnderSignals = new Spread();

  private final ConcurrentMap<Act, ConcurrentMap<String, LongAdder>> calls =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<Kind, Account> accounts = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> events = new ConcurrentHashMap<>();

  /** What went over one kind of line. */
  private static final class Account {
    final LongAdder lines = new LongAdder();
    final LongAdder complete = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
  }

  void count(Call call, Result result) {
    String how =
        result.errno() == null
            ? result.ending().name().toLowerCase(Locale.ROOT)
            : result.errno().name();
    calls
        .computeIfAbsent(call.act, act -> new ConcurrentHashMap<>())
        .computeIfAbsent(how, name -> new LongAdder())
        .increment();
  }

  void count(String event) {
    events.computeIfAbsent(event, name -> new LongAdder()).increment();
  }

  void countLine(Kind kind) {
    accounts.computeIfAbsent(kind, any -> new Account()).lines.increment();
  }

  /** What went in one direction of a line, and whether its end was seen. */
  void count(Kind kind, Flow flow, boolean all) {
    Account account = accounts.computeIfAbsent(kind, any -> new Account());
    account.sent.add(flow.sent.get());
    account.received.add(flow.received.get());
    account.complete.add(all ? 1 : 0);
  }

  long calls() {
    return calls.values().stream()
        .flatMap(map -> map.values().stream())
        .mapToLong(LongAdder::sum)
        .sum();
  }

  String report() {
    StringBuilder said = new StringBuilder();
    said.append("%,d calls%n".formatted(calls()));
    new TreeMap<>(calls)
        .forEach((act, endings) -> {
          said.append("  %-12s".formatted(act));
          new TreeMap<>(endings)
              .forEach((how, count) -> said.append(" %s %,d".formatted(how, count.sum())));
          said.append("%n".formatted());
        });
    said.append(
        "kind            lines  complete           sent       received  lost by design%n"
            .formatted());
    new TreeMap<>(accounts)
        .forEach((kind, account) ->
            said.append(
                "%-14s %,6d %,9d %,14d %,14d %,15d%n"
                    .formatted(
                        kind,
                        account.lines.sum(),
                        account.complete.sum(),
                        account.sent.sum(),
                        account.received.sum(),
                        account.sent.sum() - account.received.sum())));
    new TreeMap<>(events)
        .forEach((name, count) -> said.append("%s: %,d%n".formatted(name, count.sum())));
    said.append("from close to the end of a call: %s%n".formatted(closes));
    said.append("from interrupt to the end of a call: %s%n".formatted(interrupts));
    said.append("from the end of a Duration to the end of a call: %s%n".formatted(timeouts));
    said.append("the same, under signals: %s%n".formatted(timeoutsUnderSignals));
    return said.toString();
  }

  /** Whether calls end late as a rule: a busy machine makes a few of them late. */
  boolean isLate(Duration promised) {
    return Stream.of(closes, interrupts, timeouts, timeoutsUnderSignals)
        .anyMatch(spread -> spread.isMostly(promised));
  }
}
