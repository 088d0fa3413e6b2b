package nixio.tool;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program has written so far; a test waits until something is there. */
final class Transcript extends OutputStream {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int value) {
    bytes.write(value);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) {
    bytes.write(source, offset, length);
    notifyAll();
  }

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Waits until the pattern occurs, and answers its first group, or all of it if it has none. */
  synchronized String await(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Matcher m = wanted.matcher(text()); ; m = wanted.matcher(text())) {
      if (m.find()) {
        return m.group(m.groupCount() == 0 ? 0 : 1);
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no '" + pattern + "' in: " + text());
      }
      wait(left / 1_000_000 + 1);
    }
  }
}
