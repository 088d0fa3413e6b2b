package nixio.bench.packets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nixio.bench.Child;
import nixio.bench.Measures;
import nixio.bench.Trial;

/** Someone who sends, and a way to read. */
final class PacketsTrial implements Trial {
  static final int READER_CORE = 0;
  static final int SENDER_CORE = 1;

  /** A reader begins before the first packet comes, and stops before the last. */
  private static final long BEFORE = 50;

  private final Child sender;
  private final Child reader;

  private PacketsTrial(Wire wire, Child reader, int rate, int size) throws IOException {
    this.reader = reader;
    this.sender = Child.c(wire.inside(), SENDER_CORE, "packets", "send", rate, size);
  }

  static PacketsTrial c(Wire wire, int rate, int size) throws IOException {
    Child reader = Child.c(wire.inside(), READER_CORE, "packets", "ring");
    return new PacketsTrial(wire, reader, rate, size);
  }

  static PacketsTrial java(Wire wire, String main, int rate, int size) throws IOException {
    String reader = PacketsTrial.class.getPackageName() + "." + main;
    Child child = Child.java(wire.inside(), READER_CORE, List.of(), reader);
    return new PacketsTrial(wire, child, rate, size);
  }

  @Override
  public Measures round(double seconds) throws IOException {
    long millis = Math.round(1000 * seconds);
    CompletableFuture<Measures> read =
        CompletableFuture.supplyAsync(() -> ask(reader, millis + BEFORE));
    ask(sender, millis);
    return read.join();
  }

  private static Measures ask(Child child, long millis) {
    try {
      return child.ask("go " + millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (sender) {
      reader.close();
    }
  }
}
