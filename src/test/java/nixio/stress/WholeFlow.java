package nixio.stress;

import com.google.common.primitives.Ints;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream with any number of senders, whose calls each send a whole, and one receiver at a time.
 * What arrives must be those wholes one after the other, each sender's in its order; where a call
 * has failed, as much of the whole as it has told.
 */
final class WholeFlow extends Flow {
  private final AtomicLong chunks = new AtomicLong();
  private final Map<Thread, Queue<Chunk>> senders = new ConcurrentHashMap<>();
  private final AtomicBoolean receiving = new AtomicBoolean();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  WholeFlow(long seed) {
    super(seed);
  }

  @Override
  Chunk claim(MemorySegment into) {
    Chunk chunk = new Chunk(chunks.incrementAndGet(), into.byteSize());
    Pattern.write(into, key(chunk), 0);
    senders
        .computeIfAbsent(Thread.currentThread(), thread -> new ConcurrentLinkedQueue<>())
        .add(chunk);
    return chunk;
  }

  private long key(Chunk chunk) {
    return Pattern.key(key, chunk.number);
  }

  @Override
  boolean sendsWhole() {
    return true;
  }

  @Override
  boolean mayReceive() {
    return receiving.compareAndSet(false, true);
  }

  @Override
  void doneReceiving() {
    receiving.set(false);
  }

  @Override
  void received(byte[] bytes) {
    super.received(bytes);
    log.writeBytes(bytes);
  }

  @Override
  String verify(boolean all) {
    List<List<Chunk>> left = new ArrayList<>();
    senders
        .values()
        .forEach(queue -> left.add(queue.stream().filter(chunk -> chunk.sent != 0).toList()));
    byte[] bytes = log.toByteArray();
    Reading reading = new Reading(bytes, left);
    if (!reading.follow(0, new int[left.size()])) {
      return "no order of %d senders explains byte %,d of %,d received, %,d sent: %s"
          .formatted(left.size(), reading.furthest, bytes.length, sent.get(), reading.state());
    }
    return all && bytes.length < sent.get()
        ? "the end came after %,d bytes of %,d sent".formatted(bytes.length, sent.get())
        : null;
  }

  /** The search for an order of the chunks. */
  private final class Reading {
    private final byte[] bytes;
    private final List<List<Chunk>> senders;
    private final Set<List<Integer>> inVain = new HashSet<>();
    private int furthest;
    private int[] furthestNext;

    Reading(byte[] bytes, List<List<Chunk>> senders) {
      this.bytes = bytes;
      this.senders = senders;
    }

    /** Whether the bytes from a place on are of the senders' next chunks. */
    boolean follow(int start, int[] next) {
      int from = start;
      while (from < bytes.length) {
        if (from >= furthest) {
          furthest = from;
          furthestNext = next.clone();
        }
        List<Integer> fitting = fitting(from, next);
        if (fitting.isEmpty()) {
          return false;
        }
        for (int i = 1; i < fitting.size(); i++) { // a few bytes may be anybody's
          int[] then = next.clone();
          int length = length(fitting.get(i), next, from);
          then[fitting.get(i)]++;
          if (inVain.add(Ints.asList(then)) && follow(from + length, then)) {
            return true;
          }
        }
        int first = fitting.getFirst();
        from += length(first, next, from);
        next[first]++;
      }
      return true;
    }

    private List<Integer> fitting(int from, int[] next) {
      List<Integer> fitting = new ArrayList<>();
      for (int i = 0; i < senders.size(); i++) {
        if (next[i] < senders.get(i).size()) {
          int length = length(i, next, from);
          long key = key(senders.get(i).get(next[i]));
          if (Pattern.matching(bytes, from, length, key, 0) == length) {
            fitting.add(i);
          }
        }
      }
      return fitting;
    }

    private int length(int sender, int[] next, int from) {
      return (int) Math.min(senders.get(sender).get(next[sender]).sent, bytes.length - from);
    }

    String state() {
      StringBuilder said = new StringBuilder();
      for (int i = 0; i < senders.size(); i++) {
        for (int j = Math.max(0, furthestNext[i] - 1); j < senders.get(i).size(); j++) {
          Chunk chunk = senders.get(i).get(j);
          int right =
              Pattern.matching(
                  bytes,
                  furthest,
                  (int) Math.min(chunk.size, bytes.length - furthest),
                  key(chunk),
                  0);
          said.append(j == furthestNext[i] ? " next " : " ")
              .append(
                  "%d/%d bytes of sender %d match %d;".formatted(chunk.sent, chunk.size, i, right));
        }
      }
      return said.toString();
    }
  }
}
