package nixio;

/**
 * A connection that accept(2) has taken from the queue.
 *
 * @param socket the connection: blocking, close-on-exec, the receiver's to close
 * @param peer the other end's address; unnamed for a UNIX socket that was not bound
 */
public record Accepted(Socket socket, Address peer) {}
