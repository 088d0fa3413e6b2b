package nixio.it;

/**
 * A connection that was accepted.
 *
 * @param socket its socket
 * @param peer who has connected, as the library there writes addresses
 */
record Accepted(RemoteSocket socket, String peer) {}
