package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Takes a payload over one kind of link after the other. */
final class Tour implements AutoCloseable {
  /**
   * Received at once, then digested while the clock stands: a larger payload goes window by window.
   */
  private static final long WINDOW = 64L << 20;

  /**
   * malloc puts large blocks 16 bytes past a page, where some CPUs receive several times slower.
   */
  private static final long PAGE = 4096;

  // Shared: the receiving thread is not this one.
  private final Arena arena = Arena.ofShared();
  private final Crew crew = new Crew(AllocationMeter.ofThisJvm());
  private final WarmUp warmUp = new WarmUp(crew, arena);
  private final Payload payload;
  private final StandardStreams streams;
  private final MemorySegment sink;

  Tour(Payload payload, StandardStreams streams) {
    this.payload = payload;
    this.streams = streams;
    this.sink = arena.allocate(Math.max(1, Math.min(payload.size(), WINDOW)), PAGE);
  }

  List<Row> run(List<LinkKind> kinds) {
    List<Row> rows = new ArrayList<>();
    for (LinkKind kind : kinds) {
      rows.add(run(kind));
    }
    return rows;
  }

  private Row run(LinkKind kind) {
    Link opened;
    try {
      opened = kind.maker().open();
    } catch (IOException e) {
      return Row.unopened(kind, e);
    }
    try (Link link = opened) {
      return run(kind, link, payload.first(kind.traffic().most()));
    } catch (IOException e) {
      return Row.failed(kind, opened, e);
    }
  }

  private Row run(LinkKind kind, Link link, Payload part) throws IOException {
    warmUp.run(kind.traffic(), link, part.data());
    Sha256 sha256 = new Sha256();
    Measure measure = Measure.NOTHING;
    String label = kind.family() + " " + kind.type();
    try (Progress progress = new Progress(label, part.size(), streams)) {
      for (long at = 0; at < part.size(); at += WINDOW) {
        long size = Math.min(WINDOW, part.size() - at);
        MemorySegment source = part.data().asSlice(at, size);
        AtomicLong position = progress.from(at);
        measure = measure.plus(window(kind.traffic(), link, source, sha256, position));
      }
    }
    return Row.done(kind, link, measure, part.hasDigest(sha256.digest()));
  }

  private Measure window(
      Traffic traffic, Link link, MemorySegment source, Sha256 sha256, AtomicLong position)
      throws IOException {
    MemorySegment received = sink.asSlice(0, source.byteSize());
    // What the window before left here must not pass for what this one brings.
    received.fill((byte) 0);
    Measure measure =
        crew.run(
            link,
            source.byteSize(),
            traffic.sending(link, source),
            traffic.receiving(link, received, position));
    sha256.add(received);
    return measure;
  }

  @Override
  public void close() {
    crew.close();
    arena.close();
  }
}
