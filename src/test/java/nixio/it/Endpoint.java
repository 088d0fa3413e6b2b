package nixio.it;

/** A host and a port as the library writes them. */
final class Endpoint {
  private Endpoint() {}

  static String of(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
