package nixio.tool;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.util.EnumSet;
import java.util.Set;
import nixio.Errno;
import nixio.NixioException;

/**
 * What became of one kind of socket.
 *
 * @param kind what was tried
 * @param link its names; null if no socket came about
 * @param measure what was counted, or null if it failed
 * @param outcome how it ended
 * @param failure why it failed, or null
 */
record Row(LinkKind kind, Link link, Crew.Measure measure, Outcome outcome, IOException failure) {
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

  /** How a row ended. */
  enum Outcome {
    /** What arrived has the digest of what was sent. */
    OK("OK"),
    /** It has another. */
    DIFFERS("DIFFERS"),
    /** It should have worked. */
    FAILED("failed"),
    /** The machine has no such thing, or forbids it. */
    NOT_HERE("not here");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** No socket came about: the machine's doing or ours, which the error number tells. */
    static Outcome ofUnopened(IOException failure) {
      boolean machine =
          failure instanceof NoRouteToHostException
              || (failure instanceof NixioException nixio && MACHINE.contains(nixio.errno()));
      return machine ? NOT_HERE : FAILED;
    }
  }

  /** The verdict, and the exception's message where there is one. */
  String verdict() {
    return failure == null ? outcome.words : outcome.words + ": " + Main.message(failure);
  }
}
