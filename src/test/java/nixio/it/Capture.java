package nixio.it;

/** Sees the UDP packets that arrive at a host, with their headers. */
final class Capture {
  private final RemoteSocket socket;

  Capture(Host host, Family family) {
    // A raw socket of IPv4 gives headers; for IPv6 a packet socket does: AF_PACKET, ETH_P_IPV6.
    socket =
        family == Family.IPV4
            ? host.peer().open("inet", "raw", "udp")
            : host.peer().open("17", "dgram", Integer.toString(0xDD86));
  }

  /** The next packet for a port. */
  Packet next(int port) {
    Packet packet = new Packet(socket.recvfrom().data());
    while (packet.udpPort() != port) {
      packet = new Packet(socket.recvfrom().data());
    }
    return packet;
  }
}
