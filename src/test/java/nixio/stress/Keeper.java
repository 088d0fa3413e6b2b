package nixio.stress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import nixio.Msg;
import nixio.Poll;
import nixio.Shutdown;
import nixio.Socket;

/** A thread that ends lines, in one way or another, and settles their accounts. */
final class Keeper {
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

  private static final long AFTERMATH = TimeUnit.MILLISECONDS.toNanos(30);

  /** For what must come about by itself. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final Stage stage;
  private final Caller caller;
  private final SplittableRandom random;
  private final MemorySegment room;

  Keeper(Stage stage, Caller caller, Arena arena) {
    this.stage = stage;
    this.caller = caller;
    random = caller.random;
    room = arena.allocate(1 << 16, 64);
  }

  /** Until the run is over, and all lines are finished. */
  void run() {
    boolean left = true;
    while (left) {
      left = !stage.isOver();
      for (int i = 0; i < stage.lines.length(); i++) {
        Line line = stage.lines.get(i);
        if (line != null) {
          left = true;
          if (line.claimFinish(stage.isOver())) {
            finish(line);
            stage.lines.set(i, null);
          }
        }
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void finish(Line line) {
    if (caller.once(3)) {
      Closer.closeAll(caller, random.nextBoolean() ? line.near : line.far);
      LockSupport.parkNanos(random.nextLong(AFTERMATH)); // the other end is still in use
    }
    line.hush();
    line.ends().forEach(this::settle);
    if (!line.kind.isDatagram() && isWell(line)) {
      switch (random.nextInt(3)) {
        case 0 -> finishBySides(line);
        case 1 -> endBothWays(line);
        default -> {}
      }
    }
    for (Description end : random.nextBoolean() ? line.ends() : line.ends().reversed()) {
      Closer.closeAll(caller, end);
    }
    await("the end of all calls on " + line.ends(), line::isEmpty);
    stage.guests.values().remove(line);
    // on a platform thread, as a carrier has others to run than who computes for long
    CompletableFuture.runAsync(
            () -> line.ends().forEach(end -> verify(line, end)),
            verification -> Thread.ofPlatform().start(verification))
        .join();
  }

  private static boolean isWell(Line line) {
    return line.near.connected
        && line.far.connected
        && line.ends().stream()
            .noneMatch(end -> end.gone || end.broken || end.readShut || end.writeShut);
  }

  private void verify(Line line, Description end) {
    boolean all =
        !line.kind.isDatagram()
            && end.ended
            && !end.readShut
            && !end.abandoned
            && (line.kind.isUnix() || !end.broken);
    String wrong = end.in.verify(all);
    if (wrong != null) {
      throw new Failure(end + ": " + wrong);
    }
    stage.tally.count(line.kind, end.in, all);
  }

  private static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE) {
        throw new Failure("awaited in vain: " + what);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Sees that nobody waits for what is there: a wake-up that was lost. */
  private void settle(Description end) {
    await(
        "nobody waits in vain on " + end,
        () -> {
          if (end.receivers.get() == 0 && end.senders.get() == 0) {
            return true;
          }
          int events = events(end);
          boolean roomTold = end.kind != Kind.UNIX_DGRAM;
          return ((events & Poll.IN) == 0 || end.receivers.get() == 0)
              && ((events & Poll.OUT) == 0 || end.senders.get() == 0 || !roomTold);
        });
  }

  private int events(Description end) {
    Handle handle = end.any(random);
    if (handle == null) {
      return 0;
    }
    Poll poll = new Poll();
    int wanted = Poll.IN | Poll.OUT;
    boolean added = caller.run(Act.WATCH, handle, () -> poll.add(handle.socket, wanted)).isAnswer();
    if (!added) {
      return 0;
    }
    caller.call(Act.POLL, null, Duration.ZERO, () -> poll.poll(Duration.ZERO));
    int events = poll.events(handle.socket);
    poll.remove(handle.socket);
    return (events & Poll.NVAL) != 0 ? 0 : events;
  }

  /** One side is closed: the calls on the other must end by themselves. */
  private void finishBySides(Line line) {
    boolean order = random.nextBoolean();
    Description first = order ? line.near : line.far;
    Description second = first.peer;
    Closer.closeAll(caller, first);
    await(
        "the end of calls on " + second + " after the close of " + first,
        () -> second.receivers.get() == 0 && second.senders.get() == 0);
    await("the end of the data on " + second, () -> drain(second));
  }

  /** Each side says that it is done, and receives everything. */
  private void endBothWays(Line line) {
    await(
        "the end of sending on " + line.ends(),
        () -> {
          line.ends().forEach(this::drain);
          return line.near.senders.get() == 0 && line.far.senders.get() == 0;
        });
    for (Description end : line.ends()) {
      end.writeShut = true;
      await("shutdown of " + end, () -> shutdown(end));
    }
    await(
        "the end on both of " + line.ends(),
        () -> {
          boolean done = true;
          for (Description end : line.ends()) {
            done &= drain(end) && end.receivers.get() == 0;
          }
          return done;
        });
  }

  /** Whether the description has no sockets, or is shut down: one may be handed over meanwhile. */
  private boolean shutdown(Description end) {
    Handle handle = end.any(random);
    return handle == null
        || caller.run(Act.SHUTDOWN, handle, () -> handle.socket.shutdown(Shutdown.WR)).ending()
            != Result.Ending.CLOSED;
  }

  /** Receives what is there; whether that is all that will ever come. */
  private boolean drain(Description end) {
    Handle handle = end.any(random);
    if (handle == null || end.ended || end.broken) {
      return true;
    }
    if ((end.in.receivesWhole() && end.receivers.get() > 0) || !end.in.mayReceive()) {
      return false;
    }
    try {
      Result result;
      do {
        result =
            caller.call(
                Act.RECV, handle, Call.NOT_AT_ALL, () -> handle.socket.recv(room, Msg.DONTWAIT));
        if (result.moved() > 0) {
          end.in.received(room.asSlice(0, result.moved()).toArray(ValueLayout.JAVA_BYTE));
        }
      } while (result.moved() > 0);
      end.ended |= result.answers(Socket.EOF);
    } finally {
      end.in.doneReceiving();
    }
    return end.ended || end.broken;
  }

  /** Replaces listeners whose time has come. */
  static void keepPorts(Stage stage, Caller caller) {
    List<Kind> kinds = stage.kinds.stream().filter(kind -> !kind.isDatagram()).toList();
    while (!stage.isOver()) {
      for (Kind kind : kinds) {
        Port port = stage.ports.get(kind);
        if (port == null || port.isOver()) {
          new Opening(stage, caller).listen(kind);
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    for (Port port : stage.ports.values()) {
      Closer.closeAll(caller, port.description);
    }
  }
}
