package nixio.stress;

import nixio.Socket;

/** Ways to close. */
final class Closer {
  private Closer() {}

  /** Closes a socket, whoever else may do that too. */
  static void close(Caller caller, Handle handle) {
    if (handle.description.beginClose(handle) || handle.isClosedAgain()) {
      caller.run(
          Act.CLOSE,
          handle,
          () -> {
            handle.socket.close();
          });
    }
  }

  /** Closes a socket that nobody has seen yet. */
  static void close(Caller caller, Socket socket) {
    caller.run(
        Act.CLOSE,
        null,
        () -> {
          socket.close();
        });
  }

  /** Closes all sockets of a description. */
  static void closeAll(Caller caller, Description description) {
    description.seal();
    for (Handle handle : description.handles()) {
      close(caller, handle);
    }
  }
}
