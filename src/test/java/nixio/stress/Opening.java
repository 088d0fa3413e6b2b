package nixio.stress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nixio.Accepted;
import nixio.Address;
import nixio.Errno;
import nixio.Msg;
import nixio.Option;
import nixio.Pair;
import nixio.Poll;
import nixio.Socket;

/** How lines and listeners come about. */
final class Opening {
  private static final Address ECHO = Address.parse("127.0.0.1:7");

  private final Stage stage;
  private final Caller caller;
  private final SplittableRandom random;

  Opening(Stage stage, Caller caller) {
    this.stage = stage;
    this.caller = caller;
    random = caller.random;
  }

  /** A new line for a place, if it is free. */
  void open(int place) {
    Kind kind = stage.kinds.get(random.nextInt(stage.kinds.size()));
    Line line = new Line(kind, stage.seed, random);
    line.enter();
    try {
      if (!stage.lines.compareAndSet(place, null, line)) {
        return;
      }
      stage.tally.countLine(kind);
      if (kind.isUnix() && random.nextBoolean()) {
        pair(line);
      } else if (kind.isDatagram()) {
        datagrams(line);
      } else {
        stream(line);
      }
    } finally {
      line.exit();
    }
  }

  private void pair(Line line) {
    Pair[] made = new Pair[1];
    caller.run(Act.PAIR, null, () -> made[0] = Socket.pair(line.kind.domain, line.kind.type));
    line.near.connected = true;
    line.far.connected = true;
    enter(line.near, made[0].first());
    enter(line.far, made[0].second());
  }

  /** Nobody has sealed a line that is being opened, but at its end. */
  private Handle enter(Description end, Socket socket) {
    Handle handle = end.add(socket);
    if (handle == null) {
      Closer.close(caller, socket);
    }
    return handle;
  }

  private Socket bound(Kind kind) {
    Socket[] made = new Socket[1];
    caller.run(Act.OPEN, null, () -> made[0] = kind.open());
    caller.run(Act.BIND, null, () -> made[0].bind(kind.address(random)));
    if (random.nextBoolean()) {
      int size = random.nextInt(1 << 13, 1 << 16);
      caller.run(Act.SETOPT, null, () -> made[0].setopt(Option.SO_SNDBUF, size));
    }
    return made[0];
  }

  private Address name(Socket socket) {
    Address[] name = new Address[1];
    caller.run(Act.NAME, null, () -> name[0] = socket.getsockname());
    return name[0];
  }

  private void datagrams(Line line) {
    Socket near = bound(line.kind);
    if (line.near == line.far) {
      aim(line.near, near, ECHO, true);
      enter(line.near, near);
      return;
    }
    Socket far = bound(line.kind);
    boolean connecting = line.kind == Kind.RAW || random.nextBoolean();
    aim(line.near, near, name(far), connecting);
    aim(line.far, far, name(near), connecting);
    enter(line.near, near);
    enter(line.far, far);
  }

  private void aim(Description end, Socket socket, Address target, boolean connecting) {
    if (connecting) {
      caller.call(Act.CONNECT, null, () -> socket.connect(target) ? 1 : 0);
      forgetStrays(end.kind, socket);
    } else {
      end.target = target;
    }
    end.connected = true;
  }

  /** Before it is bound, a raw socket receives what is for others. */
  private void forgetStrays(Kind kind, Socket socket) {
    if (kind == Kind.RAW) {
      caller.run(
          Act.RECV,
          null,
          () -> {
            try (Arena arena = Arena.ofConfined()) {
              MemorySegment room = arena.allocate(1);
              while (socket.recv(room, Msg.DONTWAIT) != Socket.WOULD_BLOCK) {
                // until there are none
              }
            }
          });
    }
  }

  private void stream(Line line) {
    Port port = stage.ports.get(line.kind);
    if (port == null) {
      line.expire();
      return;
    }
    Socket near = bound(line.kind);
    line.near.listener = port.description;
    Port.Guest guest = new Port.Guest(port, name(near));
    stage.guests.put(guest, line);
    try {
      if (enter(line.near, near) != null) {
        Handle handle = line.near.first();
        if (!line.near.isForWholes(handle) && caller.once(4)) {
          handle.setBlocking(caller, false);
        }
        connect(line, port.address);
      }
    } finally {
      if (!line.near.connected) {
        line.near.abandoned = true;
        stage.guests.remove(guest, line);
        line.expire();
      }
    }
  }

  /** A connect that is one too many, or goes on with what another began. */
  void connect(Line line) {
    for (Port port : stage.ports.values()) {
      if (port.description == line.near.listener) {
        connect(line, port.address);
      }
    }
  }

  private void connect(Line line, Address to) {
    Description end = line.near;
    while (!line.isQuiet() && !stage.isOver()) {
      Handle handle = end.any(random);
      if (handle == null) {
        return;
      }
      Duration limit =
          caller.once(2) ? null : Duration.ofNanos(random.nextLong(1_000_000, 100_000_000));
      Result result =
          caller.call(
              Act.CONNECT,
              handle,
              limit,
              () -> handle.socket.connect(to, limit) ? 1 : Socket.WOULD_BLOCK);
      if (result.answers(1) || result.errno() == Errno.EISCONN) {
        end.connected = true;
        return;
      }
      if (result.ending() == Result.Ending.FAILED) {
        return;
      }
      if (result.isAnswer()) {
        awaitRoom(handle);
      } else if (result.ending() == Result.Ending.CLOSED) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // it is being handed over
      }
    }
  }

  private void awaitRoom(Handle handle) {
    Poll poll = new Poll();
    Result added = caller.run(Act.WATCH, handle, () -> poll.add(handle.socket, Poll.OUT));
    if (added.isAnswer()) {
      Duration soon = Duration.ofMillis(20);
      caller.call(Act.POLL, null, soon, () -> poll.poll(soon));
      poll.remove(handle.socket);
    }
    if (handle.description.kind.isUnix()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Brings one that was accepted to its line; closes it if that is no more. */
  void welcome(Port port, Accepted accepted) {
    Line line = stage.guests.remove(new Port.Guest(port, accepted.peer()));
    if (!accepted.socket().isBlocking()) {
      throw new Failure("accepted non-blocking: " + accepted.socket());
    }
    if (line == null || !line.enter()) {
      if (line != null) {
        line.near.abandoned = true;
      }
      stage.tally.count("accepted from nobody");
      Closer.close(caller, accepted.socket());
      return;
    }
    try {
      line.far.inherit(port.description);
      line.far.connected = true;
      enter(line.far, accepted.socket());
    } finally {
      line.exit();
    }
  }

  /** A new listener instead of the old one. */
  void listen(Kind kind) {
    Socket socket = bound(kind);
    Address address = name(socket);
    int backlog = random.nextInt(4);
    caller.run(Act.LISTEN, null, () -> socket.listen(backlog));
    Description description = new Description(kind, Port.name(kind));
    description.add(socket);
    Port port = new Port(description, address, random);
    Port before = stage.ports.put(kind, port);
    if (before != null) {
      Closer.closeAll(caller, before.description);
    }
  }
}
