package nixio.stress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nixio.Accepted;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Msg;
import nixio.Option;
import nixio.Poll;
import nixio.Received;
import nixio.Shutdown;
import nixio.Socket;
import nixio.Type;

/** A thread that does this and that, at random, on sockets that others use too. */
final class Worker {
  private static final int ROOM = 1 << 18;

  /** What fits into a buffer that the library allocates. */
  private static final int LARGEST_PACKET = 8000;

  private static final List<Shutdown> DIRECTIONS = List.of(Shutdown.values());

  private final Stage stage;
  private final Caller caller;
  private final SplittableRandom random;
  private final MemorySegment[] memory;
  private final AddressBuffer sender;
  private final Poll poll = new Poll();

  Worker(Stage stage, Caller caller, Arena arena) {
    this.stage = stage;
    this.caller = caller;
    random = caller.random;
    sender = new AddressBuffer(arena);
    memory = new MemorySegment[] {arena.allocate(ROOM, 64), MemorySegment.ofArray(new byte[ROOM])};
  }

  void run() {
    while (!stage.isOver()) {
      int place = random.nextInt(stage.lines.length());
      Line line = stage.lines.get(place);
      if (line == null) {
        new Opening(stage, caller).open(place);
      } else if (line.enter()) {
        try {
          act(line);
        } finally {
          line.exit();
        }
      }
      Thread.interrupted();
    }
  }

  private void act(Line line) {
    Description end = random.nextBoolean() ? line.near : line.far;
    Handle handle = end.any(random);
    int choice = random.nextInt(1000);
    if (choice < 60) {
      accept();
    } else if (handle == null || (!end.connected && choice < 900)) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
    } else if (choice < 480) {
      receive(end, handle);
    } else if (choice < 900) {
      send(end, handle);
    } else if (choice < 930) {
      look(handle);
    } else if (choice < 945) {
      limit(handle);
    } else if (choice < 960) {
      setBlocking(handle);
    } else if (choice < 970) {
      poll();
    } else if (choice < 978) {
      dup(handle);
    } else if (choice < 986) {
      handOver(handle);
    } else if (choice < 994) {
      if (!end.connected) {
        receive(end, handle);
      } else if (caller.once(2)) {
        Closer.close(caller, handle);
      }
    } else if (choice < 996) {
      if (!end.connected) {
        send(end, handle);
      }
    } else if (choice < 998) {
      shutdown(handle);
    } else {
      connectAgain(line);
    }
  }

  private Duration soon() {
    int most = caller.once(4) ? 300_000 : 50_000;
    return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(1, most)));
  }

  private int size() {
    return switch (random.nextInt(20)) {
      case 0 -> random.nextInt(1, ROOM);
      case 1, 2, 3 -> random.nextInt(1, 1 << 15);
      case 4, 5, 6, 7 -> random.nextInt(1, 64);
      default -> random.nextInt(1, 1 << 12);
    };
  }

  /** A piece of memory, off or on the heap. */
  private MemorySegment piece(long size) {
    return memory[caller.once(4) ? 1 : 0].asSlice(random.nextLong(ROOM - size + 1), size);
  }

  // Receive

  private void receive(Description end, Handle handle) {
    if (!end.in.mayReceive()) {
      return;
    }
    end.receivers.incrementAndGet();
    try {
      if (end.kind.isStream()) {
        receiveStream(end, handle);
      } else {
        receivePacket(end, handle);
      }
    } finally {
      end.receivers.decrementAndGet();
      end.in.doneReceiving();
    }
  }

  private void receiveStream(Description end, Handle any) {
    boolean wholes = end.in.receivesWhole();
    Handle handle = wholes ? end.first() : any;
    MemorySegment room = piece(size());
    boolean whole = wholes || (end.in.sendsWhole() && random.nextBoolean());
    Result result = whole ? receiveWhole(handle, room) : receiveSome(handle, room);
    account(end, room.asSlice(0, result.moved()), result);
    if (whole
        && result.isAnswer()
        && result.waited()
        && result.moved() < room.byteSize()
        && !mayEnd(end)) {
      throw new Failure(end + ": " + result + " for the whole of " + room.byteSize());
    }
  }

  private Result receiveWhole(Handle handle, MemorySegment room) {
    Socket socket = handle.socket;
    Duration limit = soon();
    return switch (random.nextInt(4)) {
      case 0 -> caller.call(Act.RECVALL, handle, () -> socket.recv(room, Msg.WAITALL));
      case 1 -> caller.call(Act.RECVALL, handle, () -> socket.recvall(room));
      default -> caller.call(Act.RECVALL, handle, limit, () -> socket.recvall(room, limit));
    };
  }

  private Result receiveSome(Handle handle, MemorySegment room) {
    Socket socket = handle.socket;
    return switch (random.nextInt(6)) {
      case 0 -> caller.call(Act.RECV, handle, () -> socket.recv(room, 0, room.byteSize()));
      case 1, 2 ->
          caller.call(Act.RECV, handle, Call.NOT_AT_ALL, () -> socket.recv(room, Msg.DONTWAIT));
      case 3 -> caller.call(Act.RECVFROM, handle, () -> socket.recvfrom(room, sender));
      case 4 -> caller.call(Act.RECV, handle, () -> allocating(socket, room));
      default -> caller.call(Act.RECV, handle, () -> socket.recv(room));
    };
  }

  private static long allocating(Socket socket, MemorySegment room) throws Exception {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment got = socket.recv(own, room.byteSize());
      if (got == null) {
        return Socket.WOULD_BLOCK;
      }
      room.copyFrom(got);
      return got.byteSize() == 0 ? Socket.EOF : got.byteSize();
    }
  }

  private void receivePacket(Description end, Handle handle) {
    Socket socket = handle.socket;
    MemorySegment room = piece(LARGEST_PACKET + end.kind.receivedBefore);
    Result result;
    switch (random.nextInt(6)) {
      case 0, 1 ->
          result =
              caller.call(Act.RECV, handle, Call.NOT_AT_ALL, () -> socket.recv(room, Msg.DONTWAIT));
      case 2 -> {
        result = caller.call(Act.RECVFROM, handle, () -> socket.recvfrom(room, sender));
        if (result.moved() > 0) {
          checkSender(end, sender.address());
        }
      }
      case 3 -> result = caller.call(Act.RECVFROM, handle, () -> allocatingFrom(end, socket, room));
      default -> result = caller.call(Act.RECV, handle, () -> socket.recv(room));
    }
    long before = result.moved() == 0 ? 0 : end.kind.receivedBefore;
    account(end, room.asSlice(before, result.moved() - before), result);
  }

  private static long allocatingFrom(Description end, Socket socket, MemorySegment room)
      throws Exception {
    try (Arena own = Arena.ofConfined()) {
      Received got = socket.recvfrom(own, room.byteSize());
      if (got == null) {
        return Socket.WOULD_BLOCK;
      }
      long size = got.data().byteSize();
      if (size > 0) {
        checkSender(end, got.sender());
        room.copyFrom(got.data());
      }
      return size == 0 && !end.kind.isDatagram() ? Socket.EOF : size;
    }
  }

  private static void checkSender(Description end, Address sender) {
    if (end.target != null && !end.target.equals(sender)) {
      throw new Failure(end + ": from " + sender + ", not from " + end.target);
    }
  }

  private static boolean mayEnd(Description end) {
    return end.isLeft() || end.readShut;
  }

  private void account(Description end, MemorySegment got, Result result) {
    if (got.byteSize() > 0) {
      end.in.received(got.toArray(ValueLayout.JAVA_BYTE));
    }
    if (result.answers(Socket.EOF) || result.answers(0)) {
      if (!mayEnd(end) || (end.kind.isDatagram() && !end.readShut)) {
        throw new Failure(end + ": an end that nobody has made: " + result);
      }
      end.ended = true;
    }
  }

  // Send

  private void send(Description end, Handle any) {
    boolean whole = end.out.sendsWhole();
    Handle handle = whole ? end.first() : any;
    int before = end.kind.sentBefore;
    int size =
        end.kind.isStream()
            ? size()
            : Math.clamp(size(), PacketFlow.LEAST, LARGEST_PACKET - before);
    MemorySegment data = piece(before + size);
    Flow.Chunk chunk = end.out.claim(data.asSlice(before));
    if (chunk == null) {
      return;
    }
    if (before > 0) {
      data.asSlice(0, before).fill((byte) 0).set(ValueLayout.JAVA_BYTE, 0, (byte) 8);
    }
    end.senders.incrementAndGet();
    Result result;
    try {
      result = end.target == null ? send(handle, data, whole) : sendTo(handle, data, end.target);
    } finally {
      end.senders.decrementAndGet();
    }
    long sent = Math.max(0, result.moved() - before);
    end.out.sent(chunk, sent);
    if (result.isAnswer()
        && sent != size
        && (result.waited() || (!end.kind.isStream() && !result.answers(Socket.WOULD_BLOCK)))) {
      throw new Failure(end + ": sent " + result + " of " + size);
    }
  }

  private Result send(Handle handle, MemorySegment data, boolean whole) {
    Socket socket = handle.socket;
    Duration limit = soon();
    return switch (random.nextInt(whole ? 5 : 7)) {
      case 0 -> caller.call(Act.SEND, handle, () -> socket.send(data, 0, data.byteSize()));
      case 1 -> caller.call(Act.SENDALL, handle, () -> socket.sendall(data));
      case 2, 3 -> caller.call(Act.SENDALL, handle, limit, () -> socket.sendall(data, limit));
      case 4 -> caller.call(Act.SEND, handle, () -> socket.send(data));
      default ->
          caller.call(Act.SEND, handle, Call.NOT_AT_ALL, () -> socket.send(data, Msg.DONTWAIT));
    };
  }

  private Result sendTo(Handle handle, MemorySegment data, Address target) {
    Socket socket = handle.socket;
    return switch (random.nextInt(3)) {
      case 0 ->
          caller.call(
              Act.SENDTO, handle, Call.NOT_AT_ALL, () -> socket.sendto(data, target, Msg.DONTWAIT));
      case 1 -> caller.call(Act.SENDTO, handle, () -> socket.sendto(data, sender.set(target)));
      default -> caller.call(Act.SENDTO, handle, () -> socket.sendto(data, target));
    };
  }

  // Accept

  private void accept() {
    Port port = stage.ports.get(stage.kinds.get(random.nextInt(stage.kinds.size())));
    Handle handle = port == null ? null : port.description.any(random);
    if (handle == null) {
      return;
    }
    switch (random.nextInt(20)) {
      case 0 -> limit(handle);
      case 1 -> setBlocking(handle);
      case 2 -> dup(handle);
      case 3 -> handOver(handle);
      case 4 -> {
        if (port.description.handles().size() > 1) {
          Closer.close(caller, handle);
        }
      }
      default -> accept(port, handle);
    }
  }

  private void accept(Port port, Handle handle) {
    Accepted[] taken = new Accepted[1];
    port.description.receivers.incrementAndGet();
    try {
      caller.call(
          Act.ACCEPT,
          handle,
          () -> (taken[0] = handle.socket.accept()) == null ? Socket.WOULD_BLOCK : 0);
    } finally {
      port.description.receivers.decrementAndGet();
    }
    if (taken[0] != null) {
      new Opening(stage, caller).welcome(port, taken[0]);
    }
  }

  // The rest

  private void look(Handle handle) {
    Socket socket = handle.socket;
    switch (random.nextInt(6)) {
      case 0 -> caller.run(Act.NAME, handle, () -> socket.getsockname());
      case 1 -> caller.run(Act.PEERNAME, handle, () -> socket.getpeername());
      case 2 -> {
        handle.description.broken = true; // whose error this takes away
        caller.run(Act.GETOPT, handle, () -> socket.getopt(Option.SO_ERROR));
      }
      case 3 ->
          caller.run(
              Act.GETOPT,
              handle,
              () -> {
                Type type = socket.getopt(Option.SO_TYPE);
                if (type != handle.description.kind.type) {
                  throw new Failure(handle + ": has the type " + type);
                }
              });
      case 4 -> {
        if (handle.description.kind.isTcp()) {
          boolean soon = random.nextBoolean();
          set(handle, () -> socket.setopt(Option.TCP_NODELAY, soon));
        }
      }
      default -> {
        int size = random.nextInt(1 << 12, 1 << 18);
        set(handle, () -> socket.setopt(Option.SO_RCVBUF, size));
      }
    }
  }

  private void set(Handle handle, Call.Step step) {
    caller.run(Act.SETOPT, handle, step);
  }

  private void limit(Handle handle) {
    Duration limit = caller.once(3) ? Duration.ZERO : soon();
    if (random.nextBoolean()) {
      Description.limit(handle.description.receiveTimeout, limit);
      set(handle, () -> handle.socket.setopt(Option.SO_RCVTIMEO, limit));
    } else {
      Description.limit(handle.description.sendTimeout, limit);
      set(handle, () -> handle.socket.setopt(Option.SO_SNDTIMEO, limit));
    }
  }

  private void setBlocking(Handle handle) {
    if (!handle.description.waitsForWholes(handle)) {
      handle.setBlocking(caller, random.nextInt(3) > 0);
    }
  }

  private void dup(Handle handle) {
    Socket[] made = new Socket[1];
    caller.run(Act.DUP, handle, () -> made[0] = handle.socket.dup());
    if (made[0] != null && handle.description.add(made[0], handle.mode) == null) {
      Closer.close(caller, made[0]);
    }
  }

  /** Detaches it and adopts it again. */
  private void handOver(Handle handle) {
    if (handle.description.isForWholes(handle) || !handle.claimClose()) {
      return;
    }
    handle.closes();
    Result detached = caller.call(Act.DETACH, handle, () -> handle.socket.detach());
    if (!detached.isAnswer()) {
      throw new Failure(handle + ": not detached: " + detached);
    }
    Socket[] made = new Socket[1];
    caller.run(Act.ADOPT, null, () -> made[0] = Socket.adopt((int) detached.number()));
    Handle heir = handle.description.add(made[0]);
    handle.description.forget(handle);
    if (heir == null) {
      Closer.close(caller, made[0]);
    }
  }

  private void shutdown(Handle handle) {
    Shutdown how = DIRECTIONS.get(random.nextInt(DIRECTIONS.size()));
    handle.description.shut(how);
    handle.description.abandoned |= !handle.description.connected; // TCP ends its attempt
    caller.run(Act.SHUTDOWN, handle, () -> handle.socket.shutdown(how));
  }

  private void connectAgain(Line line) {
    if (line.near.listener != null && line.near.any(random) != null) {
      new Opening(stage, caller).connect(line);
    }
  }

  // Poll

  private void poll() {
    List<Handle> watched = new ArrayList<>();
    int wanted = random.nextBoolean() ? Poll.IN : random.nextBoolean() ? 0 : Poll.IN | Poll.OUT;
    try {
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        Line line = stage.line(random);
        Handle handle = line == null ? null : line.near.any(random);
        if (handle != null && !watched.contains(handle) && watch(handle, wanted)) {
          watched.add(handle);
        }
      }
      if (!watched.isEmpty()) {
        poll(watched, caller.once(4) ? null : soon());
      }
    } finally {
      watched.forEach(handle -> poll.remove(handle.socket));
    }
  }

  private boolean watch(Handle handle, int wanted) {
    return caller.run(Act.WATCH, handle, () -> poll.add(handle.socket, wanted)).isAnswer();
  }

  private void poll(List<Handle> watched, Duration limit) {
    long start = System.nanoTime();
    Result result = caller.call(Act.POLL, null, limit, () -> poll.poll(limit));
    long end = System.nanoTime();
    if (!result.isAnswer()) {
      return;
    }
    if (result.number() == 0 && (limit == null || end - start < limit.toNanos())) {
      throw new Failure("poll answered 0 before " + limit);
    }
    int found = 0;
    for (Handle handle : watched) {
      int events = poll.events(handle.socket);
      found += events == 0 ? 0 : 1;
      if ((events & Poll.NVAL) != 0) {
        if (!handle.isClosing()) {
          throw new Failure(handle + ": poll says that it is closed");
        }
        if (handle.closedAt() - start > 0) {
          stage.tally.closes.add(end - handle.closedAt());
        }
      }
    }
    if (found != result.number()) {
      throw new Failure("poll answered " + result.number() + " for " + found);
    }
  }
}
