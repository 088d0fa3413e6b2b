package nixio.bench;

import java.io.IOException;

/** One technique at work, in processes of its own, for as many rounds as it is asked. */
public interface Trial extends AutoCloseable {
  /** Works for a while, and measures. */
  Measures round(double seconds) throws IOException;

  @Override
  void close() throws IOException;

  /** Starts a trial. */
  @FunctionalInterface
  interface Start {
    Trial start() throws IOException;
  }
}
