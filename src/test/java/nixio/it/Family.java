package nixio.it;

/** A kind of address. */
enum Family {
  IPV4("inet", "ip"),
  UNIQUE_LOCAL("inet6", "ipv6"),
  LINK_LOCAL("inet6", "ipv6");

  private final String domain;
  private final String level;

  Family(String domain, String level) {
    this.domain = domain;
    this.level = level;
  }

  String domain() {
    return domain;
  }

  /** The level of its options. */
  String level() {
    return level;
  }
}
