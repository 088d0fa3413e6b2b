package nixio.tool;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import nixio.Errno;
import nixio.NixioException;

/** How a row of the tour ended. */
enum Outcome {
  /** What arrived has the digest of what was sent. */
  OK("OK"),
  /** It has another. */
  DIFFERS("DIFFERS"),
  /** It should have worked. */
  FAILED("failed"),
  /** The machine has no such thing, or forbids it. */
  NOT_HERE("not here");

  /**
   * How a kernel says that it was built without something, has no address for it, or won't allow
   * it.
   */
  private static final Set<Errno> MACHINE =
      EnumSet.of(
          Errno.EACCES,
          Errno.EPERM,
          Errno.EAFNOSUPPORT,
          Errno.EPROTONOSUPPORT,
          Errno.EADDRNOTAVAIL,
          Errno.ENETUNREACH,
          Errno.EHOSTUNREACH,
          Errno.ENODEV,
          Errno.ENOPROTOOPT);

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static Outcome ofUnopened(IOException failure) {
    boolean machine =
        failure instanceof NoSuchInterfaceException
            || (failure instanceof NixioException nixio && MACHINE.contains(nixio.errno()));
    return machine ? NOT_HERE : FAILED;
  }
}
