package nixio;

/**
 * What getaddrinfo(3) found: an address, and the kind of socket that can reach it.
 *
 * @param domain the socket's domain
 * @param type the socket's type
 * @param protocol the socket's protocol
 * @param address the address
 */
public record AddressInfo(Domain domain, Type type, Protocol protocol, Address address) {}
