package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import nixio.Nixio;
import nixio.Option;
import nixio.Poll;
import nixio.Shutdown;
import nixio.Socket;
import nixio.Type;

/**
 * Both directions between standard input and output and a socket. Each ends by itself, and the
 * whole with the later one. The input has a thread of its own, since no poll waits for both a Java
 * stream and a socket.
 */
final class Conversation {
  private static final int STREAM_PIECE = 64 << 10;

  /** Longer than any UDP datagram, and than a UNIX one under the usual limits. */
  private static final int LONGEST_MESSAGE = 256 << 10;

  private static final int ALIGNMENT = 64;

  private final Partner partner;
  private final Socket socket;
  private final StandardStreams streams;
  private final Ending ending;
  private final Consumer<String> report;

  /** How many pieces of the input have been sent. */
  private volatile long sent;

  private volatile boolean inputEnded;
  private volatile boolean outputEnded;
  private volatile boolean stopped;
  private volatile IOException inputFailure;

  /**
   * When it ends.
   *
   * @param shutdown whether the end of standard input is passed on
   * @param quit how long after that end, or null: not because of it
   * @param idle after how long a silence, or null: any may be borne
   */
  record Ending(boolean shutdown, Duration quit, Duration idle) {}

  Conversation(Partner partner, StandardStreams streams, Ending ending, Consumer<String> report) {
    this.partner = partner;
    this.socket = partner.socket();
    this.streams = streams;
    this.ending = ending;
    this.report = report;
  }

  /** Returns when it is over. */
  void hold() throws IOException {
    try (socket) {
      if (ending.idle() != null) {
        socket.setopt(Option.SO_RCVTIMEO, ending.idle());
      }
      if (partner.hears()) {
        Thread.ofPlatform().daemon().name("nixio-cat-input").start(this::passInput);
      } else {
        inputEnded = true;
      }
      passOutput();
    } catch (IOException e) {
      if (!stopped) {
        throw e;
      }
    }
    if (inputFailure != null) {
      throw inputFailure;
    }
  }

  private void passInput() {
    try {
      sendInput();
      endWriting();
    } catch (IOException e) {
      inputFailed(e);
    } finally {
      inputEnded = true;
      if (outputEnded) {
        stop();
      }
    }
  }

  private void sendInput() throws IOException {
    // Messages no longer than what nc and socat read at once: they'd drop the rest.
    int piece = socket.type().equals(Type.STREAM) ? STREAM_PIECE : Nixio.BUFFERSIZE;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(piece, ALIGNMENT);
      ByteBuffer view = segment.asByteBuffer();
      while (streams.in().read(view) >= 0) {
        send(segment, view.position());
        view.clear();
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the input's thread writes it
  private void send(MemorySegment segment, int length) throws IOException {
    if (length > 0) {
      socket.send(segment, 0, length);
      sent++;
    }
  }

  private void endWriting() throws IOException {
    if (ending.shutdown() && !partner.isDatagram()) {
      socket.shutdown(Shutdown.WR);
    }
    if (ending.quit() != null) {
      quitLater();
    }
  }

  private void quitLater() {
    try {
      Thread.sleep(ending.quit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  private void inputFailed(IOException failure) {
    if (stopped) {
      return;
    }
    inputFailure = failure;
    // A stream's peer may have sent something before it went; a datagram socket would wait for
    // ever.
    if (partner.isDatagram()) {
      stop();
    }
  }

  private void stop() {
    stopped = true;
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same, and what was said has been said.
    }
  }

  private void passOutput() throws IOException {
    try {
      receiveOutput();
    } catch (SocketTimeoutException e) {
      report.accept("idle: " + e.getMessage());
      // -w: neither side has said anything for so long. That's a way to end, not a failure.
      return;
    }
    outputEnded = true;
    report.accept("the peer has finished");
    // A person has seen the end; a pipe may have more to say to a peer that has only shut down its
    // writing.
    if (!streams.terminal() && !inputEnded) {
      awaitBothEnds();
    }
  }

  private void receiveOutput() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(LONGEST_MESSAGE, ALIGNMENT);
      ByteBuffer view = segment.asByteBuffer();
      for (long n = receive(segment); n != Socket.EOF; n = receive(segment)) {
        view.clear().limit((int) n);
        while (view.hasRemaining()) {
          streams.out().write(view);
        }
      }
    }
  }

  /** A time-out counts only if the other direction has been silent too. */
  private long receive(MemorySegment segment) throws IOException {
    while (true) {
      long before = sent;
      try {
        return socket.recv(segment);
      } catch (SocketTimeoutException e) {
        if (sent == before) {
          throw e;
        }
      }
    }
  }

  /** Both directions shut down, the peer gone, or the input's end, which closes the socket. */
  private void awaitBothEnds() throws IOException {
    // HUP and ERR are told without being asked for.
    new Poll().add(socket, 0).poll(null);
  }
}
