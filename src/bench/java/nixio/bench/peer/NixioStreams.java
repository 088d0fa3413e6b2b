package nixio.bench.peer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import nixio.Address;
import nixio.Domain;
import nixio.Option;
import nixio.Socket;
import nixio.Type;

/** This library, whose receives may spin. */
final class NixioStreams implements Streams {
  private static final int PAGE = 4096;

  private final Duration spin;

  NixioStreams(Duration spin) {
    this.spin = spin;
  }

  @Override
  public Listener listen(Endpoint at) throws IOException {
    Socket listener = open(at);
    listener.bind(address(at)).listen(128);
    return new Listener() {
      @Override
      public int port() throws IOException {
        return listener.getsockname().port();
      }

      @Override
      public Stream accept() throws IOException {
        return new NixioStream(listener.accept().socket().setspin(spin));
      }

      @Override
      public void close() throws IOException {
        listener.close();
      }
    };
  }

  @Override
  public Stream connect(Endpoint to) throws IOException {
    Socket socket = open(to);
    if (!to.isUnix()) {
      socket.setopt(Option.SO_LINGER, 0);
    }
    socket.connect(address(to));
    return new NixioStream(socket.setspin(spin));
  }

  private static Socket open(Endpoint at) throws IOException {
    return Socket.open(at.isUnix() ? Domain.UNIX : Domain.INET, Type.STREAM);
  }

  private static Address address(Endpoint at) {
    return Address.of(at.toSocketAddress());
  }

  private static final class NixioStream implements Stream {
    private final Socket socket;
    private MemorySegment buffer;

    NixioStream(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Stream allocate(int size) {
      buffer = Arena.ofAuto().allocate(size, size < PAGE ? 64 : PAGE);
      return this;
    }

    @Override
    public void send() throws IOException {
      socket.send(buffer);
    }

    @Override
    public long receive() throws IOException {
      return socket.recv(buffer);
    }

    @Override
    public void dontWait() throws IOException {
      socket.setblocking(false);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
