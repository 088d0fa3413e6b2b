package nixio.tool;

import nixio.Domain;
import picocli.CommandLine.Option;

/** The options -4 and -6. */
final class Family {
  @Option(names = "-4", description = "IPv4 only.")
  private boolean four;

  @Option(names = "-6", description = "IPv6 only.")
  private boolean six;

  /** Null: either. */
  Domain domain() {
    if (four) {
      return Domain.INET;
    }
    return six ? Domain.INET6 : null;
  }
}
