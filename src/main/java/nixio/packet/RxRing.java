package nixio.packet;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nixio.Address;
import nixio.Domain;
import nixio.Interface;
import nixio.Msg;
import nixio.NixioException;
import nixio.Option;
import nixio.PacketStatistics;
import nixio.Poll;
import nixio.RingRequest;
import nixio.Socket;
import nixio.Type;
import nixio.posix.Constants;

/**
 * Packets as they come by an interface, read in memory that the kernel writes: PACKET_RX_RING with
 * TPACKET_V3, packet(7). Nothing is copied and nothing allocated for a packet.
 *
 * {@snippet file="PacketExample.java" region="ring"}
 *
 * <p>The ring is divided into blocks. The kernel hands a block over when it is full, or a while
 * after its first packet ({@link RingRequest#retire}); {@link #next} gives it back when its last
 * packet is through. Where all blocks wait to be read the kernel drops packets and counts them:
 * {@link #statistics}.
 *
 * <p>One thread at a time reads. Any other may call statistics and close: a reader that waits, or
 * reads, then gets an exception that says so. A ring that is no longer reachable is closed after a
 * garbage collection. Right: CAP_NET_RAW.
 */
public final class RxRing implements Closeable {
  /** 64 blocks of 256 KiB, which is 16 MiB, handed over after 10 ms. */
  public static final RingRequest DEFAULT =
      new RingRequest(1 << 18, 64, 1 << 11, Duration.ofMillis(10));

  private static final Cleaner LOST = Cleaner.create();

  private final Socket socket;
  private final Blocks blocks;
  private final Packet packet;
  private final Poll poll;
  private final Cleaner.Cleanable cleanable;
  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong freezes = new AtomicLong();

  private RxRing(Socket socket, Mapping mapping, RingRequest request) throws IOException {
    this.socket = socket;
    this.blocks = new Blocks(mapping, request.blockSize());
    this.packet = blocks.packet;
    this.poll = new Poll().add(socket, Poll.IN);
    // The packet, and not the ring: who has only the packet still reads it.
    this.cleanable = LOST.register(packet, mapping::letGo);
  }

  /**
   * A ring of all packets of an interface, of the default size.
   *
   * @param via the interface, {@link Interface#ANY} for all
   */
  public static RxRing open(Interface via) throws IOException {
    Socket socket = Socket.open(Domain.PACKET, Type.RAW);
    RxRing ring = of(socket, DEFAULT);
    try {
      socket.bind(Address.Packet.of(via, Address.Packet.ALL));
      return ring;
    } catch (Throwable t) {
      ring.close();
      throw t;
    }
  }

  /**
   * A ring of a packet socket, which it takes over: it closes it in the end, and also if it fails.
   * Until the socket is bound, nothing arrives: attach a filter before.
   *
   * @throws NixioException EINVAL if the sizes are not what the kernel takes, ENOMEM, EBUSY if it
   *     has a ring
   */
  public static RxRing of(Socket socket, RingRequest request) throws IOException {
    Objects.requireNonNull(request, "request");
    try {
      socket.setopt(Option.PACKET_VERSION, Constants.TPACKET_V3);
      socket.setopt(Option.PACKET_RX_RING, request);
      Mapping mapping = new Mapping(socket, request.size());
      try {
        return new RxRing(socket, mapping, request);
      } catch (Throwable t) {
        mapping.letGo();
        throw t;
      }
    } catch (Throwable t) {
      socket.close();
      throw t;
    }
  }

  /** The socket: for options such as filters, memberships and fanouts, and to bind it. */
  public Socket socket() {
    return socket;
  }

  /**
   * The next packet, for which it waits.
   *
   * @return always the same object, which shows this packet until the next call
   * @throws NixioException EBADF if the ring is closed, EINTR if the thread is interrupted,
   *     ENETDOWN if the interface went down
   * @throws IOException if the memory says what can't be: a frame that ends outside of its block
   */
  public Packet next() throws IOException {
    try {
      if (blocks.advance()) {
        return packet;
      }
    } catch (IllegalStateException e) {
      throw closed(e);
    }
    return await(null);
  }

  /**
   * The next packet, within a time.
   *
   * @param timeout zero does not wait, null waits for ever
   * @return null if the time is up
   */
  public Packet next(Duration timeout) throws IOException {
    try {
      if (blocks.advance()) {
        return packet;
      }
    } catch (IllegalStateException e) {
      throw closed(e);
    }
    return await(timeout);
  }

  /** Only when no block is ready: a ring that is read all the time makes no system call. */
  private Packet await(Duration timeout) throws IOException {
    long deadline = timeout == null ? 0 : System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    try {
      for (Duration left = timeout; ; left = left(timeout, deadline)) {
        int found = poll.poll(left);
        if (blocks.advance()) {
          return packet;
        }
        if (found == 0 && left != null && deadline - System.nanoTime() <= 0) {
          return null;
        }
        if ((poll.events(socket) & ~Poll.IN) != 0) {
          fail();
        }
      }
    } catch (IllegalStateException e) {
      throw closed(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private static Duration left(Duration timeout, long deadline) {
    return timeout == null ? null : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /** Lets the socket say what is wrong with it. */
  private void fail() throws IOException {
    socket.recv(MemorySegment.ofArray(new byte[1]), Msg.DONTWAIT);
  }

  /** What the memory's end means; anything else is the caller's doing. */
  private IOException closed(IllegalStateException e) throws IOException {
    if (socket.isOpen()) {
      throw e;
    }
    fail();
    return new IOException(e);
  }

  /**
   * Gives back the block that was read, also if packets in it were not; the packet then shows none.
   * Otherwise the block goes back when {@link #next} is called after its last packet.
   */
  public void release() {
    blocks.release();
  }

  /** What was counted since the ring was opened, up to its close. Packets include those dropped. */
  public PacketStatistics statistics() throws IOException {
    try {
      PacketStatistics more = socket.getopt(Option.PACKET_STATISTICS);
      packets.addAndGet(more.packets());
      dropped.addAndGet(more.dropped());
      freezes.addAndGet(more.freezes());
    } catch (NixioException e) {
      if (socket.isOpen()) {
        throw e;
      }
    }
    return new PacketStatistics(packets.get(), dropped.get(), freezes.get());
  }

  /** Whether it was not closed yet. */
  public boolean isOpen() {
    return socket.isOpen();
  }

  /** Closes ring and socket, and ends the reader's wait. A second close does nothing. */
  @Override
  public void close() throws IOException {
    try {
      statistics();
    } finally {
      socket.close();
      packet.endViews();
      cleanable.clean();
    }
  }

  /** {@code ring of nixio socket 5}. */
  @Override
  public String toString() {
    return "ring of " + socket;
  }
}
