package nixio.tool;

import java.io.IOException;
import java.net.SocketTimeoutException;
import nixio.Option;
import nixio.Poll;
import nixio.Shutdown;
import nixio.Socket;

/**
 * Both directions between standard input and output and a socket. Each ends by itself, and the
 * whole with the later one. The input has a thread of its own, since no poll waits for both a Java
 * stream and a socket.
 */
final class Conversation {
  private final Partner partner;
  private final Socket socket;
  private final StandardStreams streams;
  private final Manners manners;
  private final Reporter reporter;
  private volatile boolean inputEnded;
  private volatile boolean outputEnded;
  private volatile boolean stopped;
  private volatile IOException inputFailure;

  Conversation(Partner partner, StandardStreams streams, Manners manners, Reporter reporter) {
    this.partner = partner;
    this.socket = partner.socket();
    this.streams = streams;
    this.manners = manners;
    this.reporter = reporter;
  }

  /** Returns when it is over. */
  void hold() throws IOException {
    try (socket) {
      if (manners.idle() != null) {
        socket.setopt(Option.SO_RCVTIMEO, manners.idle());
      }
      SocketInput input = new SocketInput(streams.in(), socket);
      if (partner.hears()) {
        Thread.ofPlatform().daemon().name("nixio-cat-input").start(() -> pass(input));
      } else {
        inputEnded = true;
      }
      drain(input);
    } catch (IOException e) {
      if (!stopped) {
        throw e;
      }
    }
    if (inputFailure != null) {
      throw inputFailure;
    }
  }

  private void drain(SocketInput input) throws IOException {
    try {
      new SocketOutput(socket, streams.out(), input::count).run();
    } catch (SocketTimeoutException e) {
      reporter.tell("idle: " + e.getMessage());
      // -w: neither side has said anything for so long. That's a way to end, not a failure.
      return;
    }
    outputEnded = true;
    reporter.tell("the peer has finished");
    // A person has seen the end; a pipe may have more to say to a peer that has only shut down its
    // writing.
    if (!streams.terminal() && !inputEnded) {
      awaitBothEnds();
    }
  }

  /** Both directions shut down, the peer gone, or the input's end, which closes the socket. */
  private void awaitBothEnds() throws IOException {
    // HUP and ERR are told without being asked for.
    new Poll().add(socket, 0).poll(null);
  }

  private void pass(SocketInput input) {
    try {
      input.run();
      endWriting();
    } catch (IOException e) {
      failed(e);
    } finally {
      inputEnded = true;
      if (outputEnded) {
        stop();
      }
    }
  }

  private void endWriting() throws IOException {
    if (manners.shutdown() && !partner.isDatagram()) {
      socket.shutdown(Shutdown.WR);
    }
    if (manners.quit() != null) {
      quitLater();
    }
  }

  private void quitLater() {
    try {
      Thread.sleep(manners.quit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  private void failed(IOException failure) {
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
}
