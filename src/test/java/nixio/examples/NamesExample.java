package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import nixio.AddressInfo;
import nixio.Domain;
import nixio.InterfaceAddress;
import nixio.Nixio;
import nixio.ResolveException;

/** Names, services and interfaces. */
final class NamesExample {
  private NamesExample() {}

  static void names(PrintStream out) throws IOException {
    // @start region="names"
    for (AddressInfo found : Nixio.getaddrinfo("127.0.0.1", Domain.INET, "80")) {
      out.println(found.type() + " " + found.protocol() + " " + found.address());
      // stream tcp 127.0.0.1:80
      // dgram udp 127.0.0.1:80
      // raw default 127.0.0.1:80
    }
    // @end
  }

  static void unresolved(PrintStream out) throws IOException {
    // @start region="unresolved"
    try {
      Nixio.getaddrinfo("::1", Domain.INET, null);
    } catch (ResolveException e) {
      out.println(e.name() + " " + e.code()); // EAI_ADDRFAMILY -9
      out.println(e.getMessage()); // getaddrinfo host "::1": ... (EAI_ADDRFAMILY, code -9)
    }
    // @end
  }

  static void interfaces(PrintStream out) throws IOException {
    // @start region="interfaces"
    for (InterfaceAddress entry : Nixio.getifaddrs()) {
      if (entry.isLoopback() && entry.family().equals("inet")) {
        out.println(entry.name() + " " + entry.address().host() + "/" + entry.prefix());
        // lo 127.0.0.1/8
      }
    }
    // @end
  }
}
