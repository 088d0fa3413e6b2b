package nixio;

import java.lang.foreign.MemorySegment;

/**
 * A datagram, or a piece of a stream, and who sent it.
 *
 * @param data exactly the bytes that were received
 * @param sender the sender's address, or null where the kernel tells none, as on streams and for a
 *     UNIX socket without a name
 */
public record Received(MemorySegment data, Address sender) {}
