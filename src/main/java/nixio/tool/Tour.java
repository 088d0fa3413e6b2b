package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

  private static final int WARM_UP_PIECE = 64;
  private static final int WARM_UP_SIZE = 1024 * WARM_UP_PIECE;

  /** Enough for any compiler; more would only cost time. */
  private static final int WARM_UP_ROUNDS = 60;

  /** In a row, since a compilation may still be under way at the first. */
  private static final int QUIET_ROUNDS = 3;

  // Shared: the receiving thread is not this one.
  private final Arena arena = Arena.ofShared();
  private final MemorySegment zeros = arena.allocate(WARM_UP_SIZE, PAGE);
  private final Crew crew = new Crew();
  private final Payload payload;
  private final StandardStreams streams;
  private final MemorySegment sink;

  Tour(Payload payload, StandardStreams streams) {
    this.payload = payload;
    this.streams = streams;
    this.sink = arena.allocate(Math.clamp(payload.size(), WARM_UP_SIZE, WINDOW), PAGE);
  }

  Report run(List<LinkKind> kinds) {
    return new Report(kinds.stream().map(this::run).toList());
  }

  private Row run(LinkKind kind) {
    Link opened;
    try {
      opened = kind.maker().open();
    } catch (IOException e) {
      return new Row(kind, null, null, Row.Outcome.ofUnopened(e), e);
    }
    try (Link link = opened) {
      return run(kind, link, payload.first(kind.traffic().most()));
    } catch (IOException e) {
      return new Row(kind, opened, null, Row.Outcome.FAILED, e);
    }
  }

  private Row run(LinkKind kind, Link link, Payload part) throws IOException {
    warmUp(kind.traffic(), link, part.data());
    Payload.Digest digest = new Payload.Digest();
    Crew.Measure measure = Crew.Measure.NOTHING;
    String label = kind.family() + " " + kind.type();
    try (Progress progress = new Progress(label, part.size(), streams)) {
      for (long at = 0; at < part.size(); at += WINDOW) {
        MemorySegment source = part.data().asSlice(at, Math.min(WINDOW, part.size() - at));
        MemorySegment received = sink.asSlice(0, source.byteSize());
        // What the window before left here must not pass for what this one brings.
        received.fill((byte) 0);
        measure = measure.plus(pass(kind.traffic(), link, source, received, progress.from(at)));
        digest.add(received);
      }
    }
    boolean whole = part.sha256().equals(digest.hex());
    return new Row(kind, link, measure, whole ? Row.Outcome.OK : Row.Outcome.DIFFERS, null);
  }

  /**
   * Makes the very calls that are measured afterwards until some rounds in a row have allocated
   * nothing: an interpreter allocates what a compiler doesn't, and a tour is over before it would
   * have been compiled.
   *
   * @param data what will be sent: code that is compiled for one class of segments starts anew with
   *     another
   */
  private void warmUp(Traffic traffic, Link link, MemorySegment data) throws IOException {
    MemorySegment source = data.byteSize() < WARM_UP_SIZE ? zeros : data.asSlice(0, WARM_UP_SIZE);
    MemorySegment received = sink.asSlice(0, WARM_UP_SIZE);
    Traffic small = traffic.inPieces(WARM_UP_PIECE);
    int quiet = 0;
    for (int round = 0; round < WARM_UP_ROUNDS && quiet < QUIET_ROUNDS; round++) {
      Crew.Measure measure = pass(small, link, source, received, new AtomicLong());
      quiet = measure.allocated() == 0 ? quiet + 1 : 0;
    }
  }

  private Crew.Measure pass(
      Traffic traffic, Link link, MemorySegment source, MemorySegment sink, AtomicLong position)
      throws IOException {
    return crew.run(
        link,
        source.byteSize(),
        traffic.sending(link, source),
        traffic.receiving(link, sink, position));
  }

  @Override
  public void close() {
    crew.close();
    arena.close();
  }
}
