package nixio.packet;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Objects;
import nixio.Address;
import nixio.Domain;
import nixio.Interface;
import nixio.Option;
import nixio.RingRequest;
import nixio.Socket;
import nixio.Type;
import nixio.posix.Constants;
import nixio.posix.Tpacket;

/**
 * Packets sent from memory that the kernel reads: PACKET_TX_RING with TPACKET_V2, packet(7). A
 * packet is written into a frame of the ring, and a call sends all that were committed.
 *
 * {@snippet file="PacketExample.java" region="send"}
 *
 * <p>The kernel copies small packets all the same, so that this is no faster than to send them one
 * by one or in batches. For one thread at a time. A ring that is no longer reachable is closed
 * after a garbage collection. Right: CAP_NET_RAW.
 */
public final class TxRing implements Closeable {
  /** 16 blocks of 64 KiB, with 512 frames of 2 KiB. */
  public static final RingRequest DEFAULT = new RingRequest(1 << 16, 16, 1 << 11, Duration.ZERO);

  private static final Cleaner LOST = Cleaner.create();
  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final Socket socket;
  private final MemorySegment ring;
  private final MemorySegment[] frames;
  private final int frameSize;
  private final Cleaner.Cleanable cleanable;
  private int at;

  private TxRing(Socket socket, Mapping mapping, RingRequest request) {
    this.socket = socket;
    this.ring = mapping.memory;
    this.frameSize = request.frameSize();
    this.frames = new MemorySegment[(int) (request.size() / frameSize)];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = ring.asSlice((long) i * frameSize + Tpacket.SENT, frameSize - Tpacket.SENT);
    }
    this.cleanable = LOST.register(this, mapping::letGo);
  }

  /** A ring that sends by an interface, of the default size. */
  public static TxRing open(Interface via) throws IOException {
    Socket socket = Socket.open(Domain.PACKET, Type.RAW);
    try {
      return of(socket.bind(Address.Packet.of(via, 0)), DEFAULT);
    } catch (Throwable t) {
      socket.close();
      throw t;
    }
  }

  /**
   * A ring of a packet socket that is bound to an interface. It takes the socket over: it closes it
   * in the end, and also if it fails.
   */
  public static TxRing of(Socket socket, RingRequest request) throws IOException {
    Objects.requireNonNull(request, "request");
    try {
      socket.setopt(Option.PACKET_VERSION, Constants.TPACKET_V2);
      socket.setopt(Option.PACKET_TX_RING, request);
      Mapping mapping = new Mapping(socket, request.size());
      return new TxRing(socket, mapping, request);
    } catch (Throwable t) {
      socket.close();
      throw t;
    }
  }

  /** The socket, for its options. */
  public Socket socket() {
    return socket;
  }

  /**
   * The memory of the next frame, to write a packet into: it is this ring's, and the same segment
   * is answered until {@link #commit}.
   *
   * @return null if every frame waits to be sent
   */
  public MemorySegment claim() {
    int waiting = Constants.TP_STATUS_SEND_REQUEST | Constants.TP_STATUS_SENDING;
    return (Tpacket.sendStatus(ring, offset()) & waiting) == 0 ? frames[at] : null;
  }

  /**
   * Hands over the claimed frame; {@link #flush} sends it.
   *
   * @param length how many bytes the packet has
   * @throws IllegalStateException if no frame is free
   */
  public void commit(int length) {
    MemorySegment frame = claim();
    if (frame == null) {
      throw new IllegalStateException("no frame is free: flush first");
    }
    Objects.checkFromIndexSize(0, length, frame.byteSize());
    Tpacket.requestSend(ring, offset(), length);
    at = at + 1 == frames.length ? 0 : at + 1;
  }

  private long offset() {
    return (long) at * frameSize;
  }

  /**
   * Sends what was committed, and waits until it has left the ring.
   *
   * @return how many bytes
   * @throws nixio.NixioException EMSGSIZE, ENETDOWN, ENOBUFS and others; frames behind a refused
   *     one are sent by the next flush
   */
  public long flush() throws IOException {
    return socket.send(NOTHING);
  }

  /** Closes ring and socket; what was not flushed is not sent. */
  @Override
  public void close() throws IOException {
    socket.close();
    cleanable.clean();
  }

  /** {@code ring of nixio socket 5}. */
  @Override
  public String toString() {
    return "ring of " + socket;
  }
}
