package nixio.stress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Datagrams or segments, from and to anybody: each arrives as it was sent, and once. */
final class PacketFlow extends Flow {
  static final int LEAST = 8;

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, Chunk> chunks = new ConcurrentHashMap<>();
  private final Map<Long, Integer> arrived = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  PacketFlow(long seed) {
    super(seed);
  }

  /** Begins with its number; the rest depends on that. */
  @Override
  Chunk claim(MemorySegment into) {
    Chunk chunk = new Chunk(numbers.getAndIncrement(), into.byteSize());
    into.set(WORD, 0, key ^ chunk.number);
    Pattern.write(into.asSlice(LEAST), Pattern.key(key, chunk.number), LEAST);
    chunks.put(chunk.number, chunk);
    return chunk;
  }

  @Override
  void received(byte[] bytes) {
    super.received(bytes);
    long number = bytes.length < LEAST ? -1 : MemorySegment.ofArray(bytes).get(WORD, 0) ^ key;
    Chunk chunk = chunks.get(number);
    if (chunk == null) {
      wrong.add(bytes.length + " bytes from elsewhere");
    } else if (chunk.size != bytes.length) {
      wrong.add("a packet of " + chunk.size + " bytes arrived with " + bytes.length);
    } else {
      int rest = bytes.length - LEAST;
      int right = Pattern.matching(bytes, LEAST, rest, Pattern.key(key, number), LEAST);
      if (right < rest) {
        wrong.add("packet " + number + " is corrupt at " + (right + LEAST));
      }
      arrived.merge(number, 1, Integer::sum);
    }
  }

  @Override
  String verify(boolean all) {
    arrived.forEach((number, times) -> {
      if (times > 1) {
        wrong.add("packet " + number + " arrived " + times + " times");
      }
      if (chunks.get(number).sent != chunks.get(number).size) {
        wrong.add("packet " + number + " arrived, though to send it has failed");
      }
    });
    List<Long> missing =
        chunks.values().stream()
            .filter(chunk -> chunk.sent > 0 && !arrived.containsKey(chunk.number))
            .map(chunk -> chunk.number)
            .toList();
    if (all && !missing.isEmpty()) {
      wrong.add("packets did not arrive: " + missing + " of " + numbers);
    }
    return wrong.isEmpty() ? null : String.join("; ", wrong);
  }
}
