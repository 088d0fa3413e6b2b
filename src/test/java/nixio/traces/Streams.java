package nixio.traces;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;
import nixio.Errno;
import nixio.Nixio;
import nixio.NixioException;
import nixio.Socket;
import nixio.Type;

/** nixio.util's additions to sockets, on the library's recvall, sendall, recv and send. */
final class Streams {

  private final Scene scene;

  Streams(Scene scene) {
    this.scene = scene;
  }

  Outcome call(Socket self, String fn, Arguments a) throws IOException {
    return switch (fn) {
      case "readall", "recvall" -> recvall(self, a.atMost(1));
      case Equivalents.READ_ONCE -> {
        String block = read(self, a.whole(0));
        yield block == null ? again(self, "") : Outcome.values(block, null, null, block);
      }
      case "writeall", "sendall" -> sendall(self, a.atMost(1).text(0));
      case "linesource" -> {
        Lines lines = new Lines(self, limit(a.atMost(1), 0));
        yield Outcome.values((Call.Callable) lines::next);
      }
      case "blocksource" -> {
        Blocks blocks = new Blocks(self, limit(a.atMost(2), 0), a.wholeOr(1, Long.MAX_VALUE));
        yield Outcome.values((Call.Callable) _ -> blocks.next());
      }
      case "sink" -> {
        boolean close = a.atMost(1).has(0) && a.truth(0);
        yield Outcome.values((Call.Callable) chunk -> sink(self, close, chunk));
      }
      case "copy", "copyz" ->
          a.get(0) instanceof Socket to
              ? copy(self, to, a.atMost(2).wholeOr(1, Long.MAX_VALUE))
              : new Outcome.NotCovered();
      default -> new Outcome.NotCovered();
    };
  }

  /** A limit that is no number is an error when it is looked at, not when it is given. */
  private static LongSupplier limit(Arguments a, int index) {
    boolean number = a.get(index) instanceof String text && Lua.toNumber(text) != null;
    if (!a.has(index) || a.get(index) instanceof Number || number) {
      long limit = a.wholeOr(index, Nixio.BUFFERSIZE);
      return () -> limit;
    }
    return () -> a.whole(index);
  }

  private Outcome recvall(Socket self, Arguments a) throws IOException {
    boolean limited = a.has(0);
    if (limited && a.whole(0) < 0) {
      throw new IndexOutOfBoundsException("length " + a.whole(0));
    }
    StringBuilder all = new StringBuilder();
    do {
      // As the reference does, an empty buffer is read into, too.
      MemorySegment block =
          scene.arena.allocate(limited ? a.whole(0) - all.length() : Nixio.BUFFERSIZE);
      long count;
      try {
        // recvall fills the block of a stream; a datagram is read alone.
        boolean fill = self.type().equals(Type.STREAM) && block.byteSize() > 0;
        count = fill ? self.recvall(block) : self.recv(block);
      } catch (SocketTimeoutException e) {
        all.append(Lua.text(block.asSlice(0, e.bytesTransferred)));
        return new Outcome.Failed(Errno.EAGAIN.number(), all.toString());
      } catch (NixioException e) {
        all.append(Lua.text(block.asSlice(0, e.transferred())));
        return failed(self, e, all.toString());
      }
      if (count == Socket.WOULD_BLOCK) {
        return again(self, all.toString());
      }
      if (count <= 0) {
        break;
      }
      all.append(Lua.text(block.asSlice(0, count)));
    } while (!limited || all.length() < a.whole(0));
    return Outcome.values(all.toString(), null, null, all.toString());
  }

  private Outcome sendall(Socket self, String text) throws IOException {
    MemorySegment data = scene.data(text);
    long sent;
    try {
      sent = self.sendall(data);
    } catch (SocketTimeoutException e) {
      return new Outcome.Failed(Errno.EAGAIN.number(), (long) e.bytesTransferred);
    } catch (NixioException e) {
      return failed(self, e, e.transferred());
    }
    if (sent == Socket.WOULD_BLOCK || sent < data.byteSize()) {
      return again(self, Math.max(sent, 0));
    }
    return Outcome.values(sent, null, null, sent);
  }

  private static Outcome failed(Socket self, NixioException e, Object partial)
      throws NixioException {
    if (!self.isOpen()) {
      throw e;
    }
    return new Outcome.Failed(e.number(), partial);
  }

  private static Outcome again(Socket self, Object partial) {
    return SocketCalls.wouldBlock(self) instanceof Outcome.Failed failed
        ? new Outcome.Failed(failed.number(), partial)
        : SocketCalls.wouldBlock(self);
  }

  /** The bytes of one recv, empty at the end, or null: nothing now. */
  private String read(Socket self, long length) throws IOException {
    MemorySegment block = self.recv(scene.arena, length);
    return block == null ? null : Lua.text(block);
  }

  private Outcome sink(Socket self, boolean close, Arguments a) throws IOException {
    if (Lua.truth(a.get(0))) {
      return a.text(0).isEmpty() ? Outcome.done() : sendall(self, a.text(0));
    }
    if (close && !Lua.truth(a.get(1))) {
      try {
        self.shutdown();
      } catch (NixioException e) {
        // Not connected, perhaps: nixio's sink does not look at the answer either.
        if (!self.isOpen()) {
          throw e;
        }
      }
      self.close();
    }
    return Outcome.done();
  }

  private Outcome copy(Socket from, Socket to, long limit) throws IOException {
    Blocks blocks = new Blocks(from, () -> Nixio.BUFFERSIZE, limit);
    long copied = 0;
    while (true) {
      Outcome next;
      try {
        next = blocks.next();
      } catch (SocketTimeoutException e) {
        return new Outcome.Failed(Errno.EAGAIN.number(), copied);
      } catch (NixioException e) {
        return failed(from, e, copied);
      }
      switch (next) {
        case Outcome.Values(var values) when values.getFirst() instanceof String block -> {
          copied += block.length();
          put(to, block);
        }
        case Outcome.Failed failed -> {
          return new Outcome.Failed(failed.number(), copied);
        }
        case Outcome.Broken broken -> {
          return broken;
        }
        default -> {
          return Outcome.values(copied, null, null, copied);
        }
      }
    }
  }

  /** The reference's copy ignores that its sink fails. */
  private void put(Socket to, String block) throws IOException {
    try {
      sendall(to, block);
    } catch (NixioException e) {
      if (!to.isOpen()) {
        throw e;
      }
    }
  }

  /** blocksource: at most so many bytes at a time, and so many in all. */
  private final class Blocks {
    private final Socket self;
    private final LongSupplier size;
    private long left;

    Blocks(Socket self, LongSupplier size, long limit) {
      this.self = self;
      this.size = size;
      this.left = limit;
    }

    Outcome next() throws IOException {
      if (left < 1) {
        return Outcome.values((Object) null);
      }
      // A negative size is the largest, whatever is left.
      long length = Math.min(size.getAsLong(), left);
      String block = read(self, length < 0 ? Nixio.BUFFERSIZE : length);
      if (block == null) {
        return SocketCalls.wouldBlock(self);
      }
      left -= block.length();
      return Outcome.values(block.isEmpty() ? null : block);
    }
  }

  /** linesource: lines without their end, none longer than the limit. */
  private final class Lines {
    private final Socket self;
    private final LongSupplier limit;
    private String buffer = "";

    Lines(Socket self, LongSupplier limit) {
      this.self = self;
      this.limit = limit;
    }

    Outcome next(Arguments a) throws IOException {
      if (Lua.truth(a.get(0))) {
        String rest = buffer;
        buffer = a.get(0) instanceof String replacement ? replacement : "";
        return Outcome.values(rest);
      }
      while (true) {
        int end = buffer.indexOf('\n');
        if (end >= 0) {
          String line = buffer.substring(0, end);
          buffer = buffer.substring(end + 1);
          return Outcome.values(line.endsWith("\r") ? line.substring(0, end - 1) : line);
        }
        if (buffer.length() >= limit.getAsLong()) {
          return Outcome.values(null, 0L);
        }
        String block = read(self, limit.getAsLong() - buffer.length());
        if (block == null) {
          return SocketCalls.wouldBlock(self);
        }
        if (block.isEmpty()) {
          return Outcome.values((Object) null);
        }
        buffer += block;
      }
    }
  }
}
