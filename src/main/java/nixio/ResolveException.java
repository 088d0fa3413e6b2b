package nixio;

import java.net.UnknownHostException;
import nixio.posix.Netdb;

/** A name or a service was not resolved; see getaddrinfo(3) for the codes. */
public final class ResolveException extends UnknownHostException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String name;
  private final String host;
  private final String service;

  ResolveException(String operation, int code, String name, String host, String service) {
    super(message(operation, code, name, host, service));
    this.code = code;
    this.name = name;
    this.host = host;
    this.service = service;
  }

  private static String message(
      String operation, int code, String name, String host, String service) {
    StringBuilder message = new StringBuilder(operation);
    if (host != null) {
      message.append(" host \"").append(host).append('"');
    }
    if (service != null) {
      message.append(" service \"").append(service).append('"');
    }
    return message
        .append(": ")
        .append(Netdb.gaiStrerror(code))
        .append(" (")
        .append(name)
        .append(", code ")
        .append(code)
        .append(')')
        .toString();
  }

  /** The number, which is negative, as in nixio. */
  public int code() {
    return code;
  }

  /** The code's name, such as EAI_NONAME. */
  public String name() {
    return name;
  }

  /** The host that was asked for, or null. */
  public String host() {
    return host;
  }

  /** The service that was asked for, or null. */
  public String service() {
    return service;
  }
}
