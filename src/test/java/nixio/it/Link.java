package nixio.it;

/**
 * What a host has on a network: its kernel's and the engine's word, not the library's.
 *
 * @param name the interface's name
 * @param index the interface's index
 * @param ipv4 its IPv4 address
 * @param uniqueLocal its IPv6 address of the network's subnet
 * @param linkLocal its IPv6 address of fe80::, without scope
 */
record Link(String name, int index, String ipv4, String uniqueLocal, String linkLocal) {
  /** An address of the network that no host has. */
  String unused(Family family) {
    return switch (family) {
      case IPV4 -> ipv4.replaceFirst("[0-9]+$", "250");
      case UNIQUE_LOCAL -> uniqueLocal.replaceFirst("[0-9a-f]+$", "dead");
      case LINK_LOCAL -> "fe80::dead%" + name;
    };
  }

  /** The address by which the host on another link of the same network is reached. */
  String to(Link there, Family family) {
    return switch (family) {
      case IPV4 -> there.ipv4;
      case UNIQUE_LOCAL -> there.uniqueLocal;
      case LINK_LOCAL -> there.linkLocal + "%" + name;
    };
  }
}
