package nixio.tool;

import java.io.Closeable;
import java.io.IOException;

/** A program with a standard input, of ours or not. */
interface Talker extends Closeable {
  void say(String text) throws IOException;

  /** Ends its standard input. */
  void finish() throws IOException;

  Transcript out();

  Transcript errors();

  /** Waits for its end. */
  int exitCode() throws Exception;
}
