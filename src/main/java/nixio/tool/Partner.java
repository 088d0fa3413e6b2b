package nixio.tool;

import nixio.Socket;
import nixio.Type;

/**
 * The other side.
 *
 * @param socket is connected to it, unless it can't be written to
 * @param hears whether it can be written to: not a sender of datagrams that has no name
 */
record Partner(Socket socket, boolean hears) {
  static Partner of(Socket socket) {
    return new Partner(socket, true);
  }

  /** Datagrams come one by one, and never to an end. */
  boolean isDatagram() {
    return socket.type().equals(Type.DGRAM);
  }
}
