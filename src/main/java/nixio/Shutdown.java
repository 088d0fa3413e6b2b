package nixio;

import com.google.common.collect.ImmutableMap;
import nixio.posix.Constants;

/** Which direction of a connection ends; see shutdown(2). */
public enum Shutdown {
  /** Receiving. */
  RD(Constants.SHUT_RD),
  /** Sending: the peer receives what was sent, and then the end. */
  WR(Constants.SHUT_WR),
  /** Both. */
  RDWR(Constants.SHUT_RDWR);

  private static final ImmutableMap<String, Shutdown> BY_NAME =
      ImmutableMap.of("rdwr", RDWR, "both", RDWR, "rd", RD, "read", RD, "wr", WR, "write", WR);

  private final int number;

  Shutdown(int number) {
    this.number = number;
  }

  /**
   * The direction of one of nixio's names: {@code rdwr} or {@code both}, {@code rd} or {@code
   * read}, {@code wr} or {@code write}.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Shutdown of(String name) {
    return Names.find("direction", BY_NAME, name);
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }
}
