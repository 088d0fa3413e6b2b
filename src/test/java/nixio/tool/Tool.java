package nixio.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The command line in this JVM, on a thread and streams of its own. */
final class Tool implements Talker {
  private final Pipe input;
  private final Transcript out = new Transcript();
  private final Transcript errors = new Transcript();
  private final FutureTask<Integer> run;
  private final Thread thread;

  private Tool(boolean terminal, String... args) throws IOException {
    this.input = Pipe.open();
    StandardStreams streams =
        new StandardStreams(
            input.source(),
            Channels.newChannel(out),
            new PrintWriter(out, true, StandardCharsets.UTF_8),
            new PrintWriter(errors, true, StandardCharsets.UTF_8),
            terminal);
    this.run = new FutureTask<>(() -> Main.run(streams, args));
    this.thread = Thread.ofPlatform().daemon().name("nixio " + args[0]).start(run);
  }

  static Tool start(String... args) throws IOException {
    return new Tool(false, args);
  }

  /** As if a person sat there. */
  static Tool startAtTerminal(String... args) throws IOException {
    return new Tool(true, args);
  }

  @Override
  public void say(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      input.sink().write(bytes);
    }
  }

  @Override
  public void finish() throws IOException {
    input.sink().close();
  }

  @Override
  public Transcript out() {
    return out;
  }

  @Override
  public Transcript errors() {
    return errors;
  }

  @Override
  public int exitCode() throws Exception {
    return run.get(Transcript.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** The end of its input, and of its waiting if it still does. */
  @Override
  public void close() throws IOException {
    finish();
    if (!run.isDone()) {
      thread.interrupt();
    }
  }
}
