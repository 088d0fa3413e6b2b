package nixio.tool;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Where a command reads and writes; a test gives its own.
 *
 * @param in standard input, as bytes
 * @param out standard output, as bytes
 * @param text standard output, as text
 * @param errors standard error
 * @param terminal whether a person sits at the other side
 */
record StandardStreams(
    ReadableByteChannel in,
    WritableByteChannel out,
    PrintWriter text,
    PrintWriter errors,
    boolean terminal) {

  /** Those of this process. Channels, since System.in would put a heap buffer between. */
  static StandardStreams ofProcess() {
    return new StandardStreams(
        new FileInputStream(FileDescriptor.in).getChannel(),
        new FileOutputStream(FileDescriptor.out).getChannel(),
        new PrintWriter(System.out, true, System.out.charset()),
        new PrintWriter(System.err, true, System.err.charset()),
        isTerminal());
  }

  @SuppressWarnings("SystemConsoleNull") // null without a terminal up to JDK 21, and from 25 again
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
