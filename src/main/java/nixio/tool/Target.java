package nixio.tool;

import java.io.IOException;
import java.time.Duration;
import nixio.Socket;

/** Whom cat talks to, or where it is to be found. */
interface Target {
  /**
   * Connects.
   *
   * @param limit null: as long as the kernel tries
   */
  Partner call(Duration limit, Reporter reporter) throws IOException;

  /** A new socket with this name. */
  Socket bind() throws IOException;
}
