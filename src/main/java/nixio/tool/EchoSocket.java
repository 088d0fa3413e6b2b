package nixio.tool;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import nixio.Address;
import nixio.Batch;
import nixio.Control;
import nixio.Domain;
import nixio.Errno;
import nixio.IcmpFilter;
import nixio.Msg;
import nixio.NixioException;
import nixio.Option;
import nixio.Pair;
import nixio.Poll;
import nixio.Protocol;
import nixio.QueuedError;
import nixio.Socket;
import nixio.Timestamping;
import nixio.Type;

/**
 * Sends requests for an echo and receives echoes, on a ping socket or a raw one.
 *
 * <p>A round trip begins when the kernel has the request ready for the device's queue, and ends
 * when it had the echo; it tells both. What this process does before and after does not count.
 * Where the kernel does not tell the first, the clock is read before the request is sent, as
 * iputils does.
 */
final class EchoSocket implements Closeable {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int HEADER = 8;
  private static final int IP_HEADER = 60;
  private static final int REHEARSALS = 8;

  private static final Timestamping TIMES =
      Timestamping.TX_SCHED
          .or(Timestamping.SOFTWARE)
          .or(Timestamping.OPT_ID)
          .or(Timestamping.OPT_TSONLY);

  /** The most data that fits into an IPv4 packet. */
  static final int MOST = 65_507;

  private final Socket socket;
  private final boolean four;
  private final MemorySegment request;
  private final Batch batch;
  private final MemorySegment reply;
  private final Poll poll;

  /** Not the process's number: there may be several of these in one. */
  private final short identifier = (short) ThreadLocalRandom.current().nextInt();

  /** The times of what was sent, without its data. */
  private final Batch stamps = Batch.of(1, 0);

  /** Which request the kernel's number is of: it counts from 0. */
  private final int[] numbers = new int[1 << 16];

  private int sent;

  /** Whether the kernel's numbers are surely these: not after a send that has failed. */
  private boolean isCounting = true;

  /** When each was sent, by the system's clock, which the kernel's times are of. */
  private final long[] times = new long[1 << 16];

  /** The same by a clock that nobody sets. */
  private final long[] steady = new long[1 << 16];

  /**
   * An answer.
   *
   * @param bytes of the message, its header included
   * @param sequence its number
   * @param hops how many it had left, -1 where it is not told
   * @param nanoseconds since it was sent
   */
  record Echo(int bytes, int sequence, int hops, long nanoseconds) {}

  private EchoSocket(Socket socket, int size) throws IOException {
    this.socket = socket;
    this.four = socket.domain() == Domain.INET;
    this.request = Arena.ofAuto().allocate(HEADER + size, 64);
    this.batch = Batch.of(1, IP_HEADER + HEADER + size);
    this.reply = batch.buffer(0);
    this.poll = new Poll().add(socket, Poll.IN);
    socket.setopt(Option.SO_TIMESTAMPNS, true);
    socket.setopt(four ? Option.IP_RECVTTL : Option.IPV6_RECVHOPLIMIT, true);
    for (int i = HEADER; i < request.byteSize(); i++) {
      request.set(BYTE, i, (byte) i);
    }
    rehearse();
    socket.setopt(Option.SO_TIMESTAMPING, TIMES);
  }

  /** What is loaded and linked at first use is not to be in the first time. */
  private void rehearse() throws IOException {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.DGRAM)) {
      pair.second().setopt(Option.SO_TIMESTAMPNS, true);
      for (int i = 0; i < REHEARSALS; i++) {
        note(0);
        pair.first().send(request.asSlice(0, HEADER));
        receive(Duration.ZERO);
        noteStamps();
        pair.second().recvmsg(batch);
        roundTrip(0, System.nanoTime(), batch.control(0).timestamp());
      }
      socket.recvmsg(batch, Msg.DONTWAIT);
    }
  }

  private void note(int sequence) {
    steady[sequence & 0xFFFF] = System.nanoTime();
    times[sequence & 0xFFFF] = now();
  }

  /** What the kernel says of when it sent. */
  private void noteStamps() throws IOException {
    while (socket.recvmsg(stamps, Msg.ERRQUEUE) >= 0) {
      Control control = stamps.control(0);
      if (isCounting
          && control.errorOrigin() == QueuedError.Origin.TIMESTAMP.number()
          && control.errorInfo() == QueuedError.SCHEDULED) {
        times[numbers[(int) control.errorData() & 0xFFFF]] = control.timestamp();
      }
    }
  }

  private static long now() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /**
   * What the kernel says, unless the system's clock was set meanwhile, or the kernel tells none.
   */
  private long roundTrip(int sequence, long received, long told) {
    long most = received - steady[sequence];
    long time = told - times[sequence];
    return told != Control.NONE && time >= 0 && time <= most ? time : most;
  }

  static EchoSocket open(Address.Inet to, int size) throws IOException {
    Socket socket = socket(to.domain());
    try {
      socket.connect(to);
      return new EchoSocket(socket, size);
    } catch (Throwable t) {
      socket.close();
      throw t;
    }
  }

  private static Socket socket(Domain domain) throws IOException {
    Protocol protocol = domain == Domain.INET ? Protocol.ICMP : Protocol.ICMPV6;
    try {
      return Socket.open(domain, Type.DGRAM, protocol);
    } catch (NixioException refused) {
      if (refused.errno() != Errno.EACCES) {
        throw refused;
      }
      try {
        Socket raw = Socket.open(domain, Type.RAW, protocol);
        return domain == Domain.INET
            ? raw.setopt(Option.ICMP_FILTER, IcmpFilter.passing(0))
            : raw.setopt(Option.ICMPV6_FILTER, IcmpFilter.passing(129));
      } catch (NixioException e) {
        refused.addSuppressed(e);
        throw refused;
      }
    }
  }

  <T> void set(Option<T> option, T value) throws IOException {
    socket.setopt(option, value);
  }

  void send(int sequence) throws IOException {
    request.set(BYTE, 0, (byte) (four ? 8 : 128));
    request.set(SHORT, 2, (short) 0);
    request.set(SHORT, 4, identifier); // a ping socket has its own
    request.set(SHORT, 6, (short) sequence);
    request.set(SHORT, 2, four ? checksum(request) : 0); // of ICMPv6 the kernel writes it
    numbers[sent++ & 0xFFFF] = sequence & 0xFFFF;
    note(sequence);
    boolean done = false;
    try {
      socket.send(request);
      done = true;
    } finally {
      isCounting &= done;
    }
  }

  /** RFC 1071. */
  static short checksum(MemorySegment data) {
    int sum = 0;
    for (long i = 0; i < data.byteSize(); i++) {
      sum += (data.get(BYTE, i) & 0xFF) << ((i & 1) == 0 ? 8 : 0);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (short) ~sum;
  }

  /** The next echo of ours, or null if there is none in time; what isn't ours ends the wait too. */
  Echo receive(Duration timeout) throws IOException {
    if (poll.poll(timeout) == 0) {
      return null;
    }
    noteStamps(); // what the poll may have ended for
    int n = (int) socket.recvmsg(batch, Msg.DONTWAIT);
    long now = System.nanoTime();
    boolean raw = socket.type() == Type.RAW;
    int start = raw && four ? (reply.get(BYTE, 0) & 0xF) * 4 : 0;
    if (n < start + HEADER
        || reply.get(BYTE, start) != (byte) (four ? 0 : 129)
        || (raw && reply.get(SHORT, start + 4) != identifier)) {
      return null;
    }
    int sequence = reply.get(SHORT, start + 6) & 0xFFFF;
    Control control = batch.control(0);
    long time = roundTrip(sequence, now, control.timestamp());
    return new Echo(n - start, sequence, control.ttl(), time);
  }

  /** Not the batch: a receive of another thread may still have it. It goes when it is lost. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Which kind it is. */
  @Override
  public String toString() {
    return (socket.type() == Type.RAW ? "raw" : "ping") + " socket";
  }
}
