package nixio.traces;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nixio.Errno;
import nixio.NixioException;
import nixio.Protocol;
import nixio.ResolveException;
import nixio.Socket;
import nixio.Type;

/** Runs the steps of one case and judges each. */
final class Replay {

  private static final Set<Protocol> PING = Set.of(Protocol.ICMP, Protocol.ICMPV6);
  private static final int EAI_SOCKTYPE = -7;
  private static final int EAI_SERVICE = -8;

  private record Attempt(Call call, Outcome outcome, Optional<String> changed) {}

  private record Judgement(Verdict verdict, String reason, Map<String, Object> captured) {}

  private final Recording recording;
  private final Tally tally;
  private final Scene scene = new Scene();
  private final NixioCalls nixio = new NixioCalls(scene);
  private final SocketCalls sockets = new SocketCalls(scene);
  private final ProcCalls proc = new ProcCalls(scene);
  private final StandIns standIns = new StandIns(scene);

  /** The function that later steps are not comparable after. */
  private Optional<String> gap = Optional.empty();

  Replay(Recording recording, Tally tally) {
    this.recording = recording;
    this.tally = tally;
  }

  void run() throws IOException {
    try (scene) {
      for (Step step : recording.steps()) {
        // Whoever finds the thread hanging sees where.
        Thread.currentThread().setName(place(step));
        play(step);
      }
    }
  }

  private String place(Step step) {
    return "%s step %d: %s.%s%s"
        .formatted(recording.name(), step.number(), step.on(), step.fn(), step.args());
  }

  private static final int MOST_ROOM = 1000;

  private void play(Step step) throws IOException {
    Judgement judgement;
    try {
      judgement = judge(step, call(step));
    } catch (Absent absent) {
      judgement = new Judgement(absent.verdict(), absent.getMessage(), Map.of());
    }
    Verdict verdict = judgement.verdict();
    // Where there was nothing to compare with, later steps miss what would have been captured.
    Verdict heir = verdict == Verdict.DIFFERENT ? Verdict.NOT_COVERED : verdict;
    Map<String, Object> captured = judgement.captured();
    Expectation.captures(
        step.ret(),
        (name, _) ->
            scene.capture(
                name, captured.containsKey(name) ? captured.get(name) : new Absent(name, heir)));
    tally.add(verdict, judgement.reason());
  }

  private Call call(Step step) {
    List<Object> args = scene.decodeAll(step.args());
    return switch (step.on()) {
      case "nixio", "proc" -> new Call(step.on(), null, step.fn(), args);
      // A method taken from its table: the object is its first argument.
      case "meta" ->
          args.isEmpty()
              ? new Call("meta", null, step.fn(), args)
              : new Call("", args.getFirst(), step.fn(), args.subList(1, args.size()));
      default -> new Call("", scene.named(step.on()), step.fn(), args);
    };
  }

  private Judgement judge(Step step, Call call) throws IOException {
    if (step.undefined() != null && step.failed() && call.method("sendto")) {
      // Java resolves and sends; nothing after it would be comparable.
      return different("a name may stand for an address in sendto too", Map.of());
    }
    Optional<String> elsewhere = Surroundings.reason(step, call);
    if (elsewhere.isPresent()) {
      return new Judgement(Verdict.ELSEWHERE, elsewhere.get(), Map.of());
    }
    if (nameless(step, call)) {
      Socket like = (Socket) call.self();
      Socket other = scene.own(Socket.open(like.domain(), like.type(), like.protocol()));
      Attempt attempt = attempt(step, new Call("", other, call.fn(), call.args()));
      return attempt.outcome() instanceof Outcome.Values
          ? different("raw and ping sockets take hosts too", Map.of())
          : compare(step, attempt);
    }
    Restoration restoration = Restoration.before(step, call);
    long start = System.nanoTime();
    Attempt attempt = attempt(step, call);
    for (int tries = 0; tries < MOST_ROOM && hasRoom(step, attempt); tries++) {
      if (call.self() instanceof Socket socket && !socket.isBlocking()) {
        proc.fill(socket);
      }
      start = System.nanoTime();
      attempt = attempt(step, call);
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    if (attempt.outcome() instanceof Outcome.NotCovered) {
      return notCovered(step, call);
    }
    restoration.after(attempt.call(), attempt.outcome());
    Judgement judgement = compare(step, attempt);
    boolean compared =
        judgement.verdict() == Verdict.RECORDED || judgement.verdict() == Verdict.DIFFERENT;
    boolean early = step.atLeast() != null && elapsed.compareTo(step.atLeast()) < 0;
    boolean late = step.atMost() != null && elapsed.compareTo(step.atMost()) > 0;
    return compared && (early || late)
        ? failed(step, "took " + elapsed.toMillis() + " ms", attempt.outcome())
        : judgement;
  }

  /**
   * Whether there was room where none is recorded: when it comes up depends on when the peer's
   * acknowledgements are looked at. It is used up, then.
   */
  private static boolean hasRoom(Step step, Attempt attempt) {
    return attempt.call().method("send", "write", "sendall", "writeall")
        && step.failedWith(Errno.EAGAIN.number())
        && attempt.outcome() instanceof Outcome.Values;
  }

  /**
   * Whether getaddrinfo(3) is recorded to have had no service for a raw or ping socket. What Java
   * does in its place is tried on another socket: this one is not to be bound or connected.
   */
  private static boolean nameless(Step step, Call call) {
    return call.method("bind", "connect")
        && call.self() instanceof Socket socket
        && socket.isOpen()
        && (socket.type().equals(Type.RAW) || PING.contains(socket.protocol()))
        && (step.failedWith(EAI_SOCKTYPE) || step.failedWith(EAI_SERVICE));
  }

  private Judgement compare(Step step, Attempt attempt) {
    Outcome outcome = attempt.outcome();
    Optional<Map<String, Object>> captured = match(step, attempt.call(), outcome);
    if (captured.isPresent()) {
      return attempt.changed().isPresent()
          ? different(attempt.changed().get(), captured.get())
          : new Judgement(Verdict.RECORDED, "as recorded", captured.get());
    }
    if (step.undefined() != null && !(outcome instanceof Outcome.Broken)) {
      return different("undefined behaviour in C", Map.of());
    }
    Outcome view = outcome;
    for (Differences.Rule rule : Differences.RULES) {
      Outcome seen = rule.view().of(step, attempt.call(), view);
      if (seen != null) {
        view = seen;
        captured = match(step, attempt.call(), view);
        if (captured.isPresent()) {
          return different(rule.reason(), captured.get());
        }
      }
    }
    Optional<String> elsewhere = Surroundings.reason(step, attempt.call(), outcome);
    if (elsewhere.isPresent()) {
      return new Judgement(Verdict.ELSEWHERE, elsewhere.get(), Map.of());
    }
    if (gap.isPresent()) {
      String reason = "not comparable any more after " + gap.get();
      return new Judgement(Verdict.NOT_COVERED, reason, Map.of());
    }
    return failed(step, "differs", outcome);
  }

  private static Judgement different(String reason, Map<String, Object> captured) {
    return new Judgement(Verdict.DIFFERENT, reason, captured);
  }

  private Judgement failed(Step step, String how, Outcome outcome) {
    String recorded = step.raised() ? "an error" : step.ret().toString();
    String reason = "%s %s: recorded %s, Java %s".formatted(place(step), how, recorded, outcome);
    return new Judgement(Verdict.FAILED, reason, Map.of());
  }

  private Optional<Map<String, Object>> match(Step step, Call call, Outcome outcome) {
    return Expectation.match(scene, step, call, outcome);
  }

  private Judgement notCovered(Step step, Call call) throws IOException {
    Map<String, Object> captured = new HashMap<>();
    if (!standIns.follow(step, call, captured)) {
      gap = Optional.of(call.fn());
    }
    return new Judgement(Verdict.NOT_COVERED, call.fn(), captured);
  }

  /** Makes the call, or the one that does in Java what it does in C. */
  private Attempt attempt(Step step, Call call) {
    Call changed = call;
    Optional<String> reason = Optional.empty();
    boolean silent = false;
    for (Equivalents.Rule rule : step.raised() ? List.<Equivalents.Rule>of() : Equivalents.RULES) {
      Call next = rule.change().apply(step, changed);
      if (!next.equals(changed)) {
        changed = next;
        reason = reason.or(() -> Optional.of(rule.reason()));
        silent |= rule.silent();
      }
    }
    if (!silent) {
      Outcome outcome = outcome(call);
      if (reason.isEmpty() || !(outcome instanceof Outcome.Refused)) {
        return new Attempt(call, outcome, Optional.empty());
      }
    }
    return new Attempt(changed, outcome(changed), reason);
  }

  private Outcome outcome(Call call) {
    Arguments arguments = new Arguments(call.args());
    boolean blocking = !(call.self() instanceof Socket socket) || socket.isBlocking();
    try {
      return switch (call.room()) {
        case "nixio" -> nixio.call(call.fn(), arguments);
        case "proc" -> proc.call(call.fn(), arguments);
        case "meta" -> throw new Arguments.NoSuchSignature("a method of no object");
        default -> method(call, arguments);
      };
    } catch (SocketTimeoutException e) {
      if (!blocking) {
        return new Outcome.Broken("a timeout on a non-blocking socket", e);
      }
      return call.method("connect") ? new Outcome.Pending() : Outcome.failed(Errno.EAGAIN.number());
    } catch (ResolveException e) {
      return Outcome.failed(e.code());
    } catch (NixioException e) {
      return e.number() == Errno.EBADF.number()
          ? new Outcome.Refused(e)
          : Outcome.failed(e.number());
    } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
      return new Outcome.Refused(e);
    } catch (IOException | RuntimeException e) {
      return new Outcome.Broken("unexpected", e);
    }
  }

  private Outcome method(Call call, Arguments arguments) throws IOException {
    return switch (call.self()) {
      case Socket socket -> sockets.call(socket, call.fn(), arguments);
      case Call.Callable callable when call.fn().equals("()") -> callable.call(arguments);
      case Call.Callable _, StandIn _ -> new Outcome.NotCovered();
      case null, default -> throw new Arguments.NoSuchSignature("a method of " + call.self());
    };
  }
}
