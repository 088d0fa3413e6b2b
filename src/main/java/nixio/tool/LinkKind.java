package nixio.tool;

import java.io.IOException;

/**
 * One row to be: a kind of socket, and how two of it are joined.
 *
 * @param family as the table names it
 * @param type as the table names it
 * @param traffic how bytes go over it
 * @param maker joins a new pair
 */
record LinkKind(String family, String type, Traffic traffic, Maker maker) {

  /** Joins two sockets. */
  @FunctionalInterface
  interface Maker {
    Link open() throws IOException;
  }
}
