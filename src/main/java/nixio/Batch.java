package nixio;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.Objects;
import nixio.io.Arrivals;
import nixio.io.Lease;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.MsgHdr;
import nixio.posix.SockAddr;

/**
 * Messages to be sent or received together, by one system call: slots of data, address and control
 * data, laid out once in one piece of off-heap memory, and used again and again. Calls allocate
 * nothing.
 *
 * {@snippet file="BatchExample.java" region="batch"}
 *
 * <p>What was received can be sent as it is: {@code socket.sendmmsg(batch)} after {@code
 * socket.recvmmsg(batch)} answers each sender with its own data, and without the {@linkplain
 * #control control messages} that came with them.
 *
 * <p><b>Memory.</b> It belongs to the batch. {@link #close} frees it, and closes descriptors that
 * nobody has taken; a batch that is lost is freed after a garbage collection. The segments that it
 * hands out are gone then: their use is an {@link IllegalStateException}, never a crash. Closing a
 * batch that is in use by a call is refused.
 *
 * <p><b>Threads.</b> A batch is used by one call at a time: a second one is refused with an
 * IllegalStateException. Otherwise it is for one thread at a time.
 */
public final class Batch implements AutoCloseable {
  /** The most messages that the kernel takes at once; see sendmmsg(2), UIO_MAXIOV. */
  public static final int MOST = 1024;

  /** Room for control data, where it is not said how much: some seven control messages. */
  private static final long CONTROL = 256;

  private static final long LINE = 64;

  private static final Cleaner LOST = Cleaner.create();

  private final Lease lease;
  private final Cleaner.Cleanable freeing;
  private final int capacity;
  private final long room;
  private final MemorySegment vectors;
  private final MemorySegment[] buffers;
  private final Control[] controls;
  private final AddressBuffer[] peers;
  private int count;

  /** How many messages the last call had room for. */
  private int expected;

  /** Whether any message passes sockets, in the call that has the batch. */
  private boolean lending;

  /** The array of struct mmsghdr. */
  final MemorySegment headers;

  /** The descriptors that were received and that nobody has taken. */
  final Arrivals arrivals;

  private Batch(int messages, long bytes, long control) {
    Lease memory = new Lease();
    Arrivals untaken = new Arrivals(messages);
    this.lease = memory;
    this.arrivals = untaken;
    this.freeing =
        LOST.register(
            this,
            () -> {
              untaken.close();
              memory.abandon();
            });
    this.capacity = messages;
    this.room = bytes;
    this.buffers = new MemorySegment[messages];
    this.controls = new Control[messages];
    this.peers = new AddressBuffer[messages];

    long alignment = Segments.alignment(bytes);
    long stride = align(bytes, LINE);
    long controlStride = align(control, Long.BYTES);
    long vectorsAt = align(messages * MsgHdr.SIZE, LINE);
    long namesAt = vectorsAt + align(messages * MsgHdr.IOVEC, LINE);
    long controlsAt = namesAt + (long) messages * SockAddr.MAX;
    long dataAt = align(controlsAt + messages * controlStride, alignment);
    MemorySegment all = memory.allocate(dataAt + messages * stride, alignment);
    this.headers = all.asSlice(0, messages * MsgHdr.SIZE);
    this.vectors = all.asSlice(vectorsAt, messages * MsgHdr.IOVEC);
    for (int i = 0; i < messages; i++) {
      MemorySegment name = all.asSlice(namesAt + (long) i * SockAddr.MAX, SockAddr.MAX);
      buffers[i] = all.asSlice(dataAt + i * stride, bytes);
      MemorySegment own = all.asSlice(controlsAt + i * controlStride, control);
      controls[i] = new Control(this, i, own);
      peers[i] =
          new AddressBuffer(
              name, headers.asSlice(i * MsgHdr.SIZE + MsgHdr.NAME_LENGTH, Integer.BYTES));
      MsgHdr.putIovec(vectors, i, buffers[i].address(), bytes);
      MsgHdr.point(headers, i, name, vectors.asSlice(i * MsgHdr.IOVEC, MsgHdr.IOVEC), 1, own);
    }
  }

  private static long align(long size, long alignment) {
    return (size + alignment - 1) & -alignment;
  }

  /**
   * A batch with room for messages of so many bytes each, and for {@value #CONTROL} bytes of
   * control data in each.
   *
   * @param messages how many, 1..{@value #MOST}
   * @param bytes of data in each at most, 0 or more
   */
  public static Batch of(int messages, long bytes) {
    return of(messages, bytes, CONTROL);
  }

  /**
   * A batch with room for control data of so many bytes in each message.
   *
   * @param messages how many, 1..{@value #MOST}
   * @param bytes of data in each at most, 0 or more
   * @param control bytes of control data in each at most, 0 or more; {@link Control#space} tells
   *     what a control message takes
   */
  public static Batch of(int messages, long bytes, long control) {
    Libc.require();
    if (messages < 1 || messages > MOST) {
      throw new IllegalArgumentException(messages + " messages are not 1.." + MOST);
    }
    demandSize("bytes of data", bytes);
    demandSize("bytes of control data", control);
    return new Batch(messages, bytes, control);
  }

  private static void demandSize(String what, long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(size + " " + what + " are not 0.." + Integer.MAX_VALUE);
    }
  }

  /** How many messages there is room for. */
  public int capacity() {
    return capacity;
  }

  /** How many bytes of data there is room for in each message. */
  public long room() {
    return room;
  }

  /** How many messages there are: those received last, or those to be sent. */
  public int count() {
    return count;
  }

  /**
   * Says how many messages there are.
   *
   * @throws IndexOutOfBoundsException if there is no room for so many
   */
  public Batch count(int messages) {
    if (messages < 0 || messages > capacity) {
      throw new IndexOutOfBoundsException(messages + " messages are not 0.." + capacity);
    }
    count = messages;
    return this;
  }

  /** Forgets all messages. */
  public Batch clear() {
    for (int i = 0; i < capacity; i++) {
      reset(i);
    }
    count = 0;
    return this;
  }

  private void reset(int i) {
    peers[i].clear();
    controls[i].clear();
    MsgHdr.length(headers, i, 0);
  }

  /**
   * Adds a message, whose data are copied, for the address that the socket is connected to.
   *
   * @throws IndexOutOfBoundsException if there is no room for it
   */
  public Batch add(MemorySegment data) {
    long length = checkLength(Objects.requireNonNull(data, "data").byteSize());
    int i = Objects.checkIndex(count, capacity);
    reset(i);
    MemorySegment.copy(data, 0, buffers[i], 0, length);
    MsgHdr.length(headers, i, length);
    count++;
    return this;
  }

  /** Adds a message, whose data are copied, for an address. */
  public Batch add(MemorySegment data, Address to) {
    Objects.requireNonNull(to, "to");
    add(data);
    peers[count - 1].set(to);
    return this;
  }

  /** All the room for the data of a message, to write them in place. */
  public MemorySegment buffer(int message) {
    return buffers[message];
  }

  /** The data of a message: a slice of {@link #buffer}, of {@link #length} bytes. */
  public MemorySegment data(int message) {
    return buffers[message].asSlice(0, Math.min(room, length(message)));
  }

  /**
   * How many bytes a message has: what was received, or is to be sent. It is more than there is
   * room for where a longer one was received with {@link Msg#TRUNC}.
   */
  public long length(int message) {
    return MsgHdr.length(headers, Objects.checkIndex(message, capacity));
  }

  /** Says how many bytes a message has, after they were written into its {@link #buffer}. */
  public Batch length(int message, long bytes) {
    MsgHdr.length(headers, Objects.checkIndex(message, capacity), checkLength(bytes));
    return this;
  }

  private long checkLength(long bytes) {
    if (bytes < 0 || bytes > room) {
      throw new IndexOutOfBoundsException(bytes + " bytes are not 0.." + room);
    }
    return bytes;
  }

  /**
   * The address of a message, in its place: of whom it came from, or whom it goes to. It is the
   * batch's, and goes with it.
   */
  public AddressBuffer peer(int message) {
    return peers[message];
  }

  /** Whether a message was longer than the room for it, so that its end is lost: MSG_TRUNC. */
  public boolean isTruncated(int message) {
    return has(message, Constants.MSG_TRUNC);
  }

  /** Whether there was not room enough for the control data of a message: MSG_CTRUNC. */
  public boolean isControlTruncated(int message) {
    return has(message, Constants.MSG_CTRUNC);
  }

  private boolean has(int message, int flag) {
    return (MsgHdr.flags(headers, Objects.checkIndex(message, capacity)) & flag) != 0;
  }

  /** The flags that came with a message; see recvmsg(2). */
  public Msg flags(int message) {
    return Msg.of(MsgHdr.flags(headers, Objects.checkIndex(message, capacity)));
  }

  /**
   * The control messages of a message, in their place: what came with it, or goes with it. They are
   * the batch's, and go with it.
   */
  public Control control(int message) {
    return controls[message];
  }

  /**
   * The segment size of a received message: with {@link Option#UDP_GRO}, the kernel puts datagrams
   * of one sender behind each other, each of that size, but the last, which may be shorter. The
   * same as {@code control(message).segmentSize()}.
   *
   * @return bytes; 0 if the message is one datagram
   */
  public int segmentSize(int message) {
    return controls[message].segmentSize();
  }

  /**
   * Lets the kernel, or the device, cut a message that is to be sent into datagrams of that size;
   * the last may be shorter. The same as {@code control(message).segmentSize(bytes)}.
   *
   * @param bytes 1..65535; 0 for a message that is not to be cut
   * @throws IndexOutOfBoundsException if the batch has not room enough for control data
   */
  public Batch segmentSize(int message, int bytes) {
    controls[message].segmentSize(bytes);
    return this;
  }

  // What the socket does before and after its calls

  /** Takes the batch for a call; to be given back by {@link #leave}. */
  void enter() {
    lease.take("batch");
  }

  void leave() {
    if (lending) {
      lending = false;
      for (Control control : controls) {
        if (control.isLending()) {
          control.takeBack();
        }
      }
    }
    lease.giveBack();
  }

  /** Makes room in every slot. */
  void expect(int messages) {
    expected = messages;
    for (int i = 0; i < messages; i++) {
      MsgHdr.nameLength(headers, i, SockAddr.MAX);
      MsgHdr.controlLength(headers, i, controls[i].expect());
      MsgHdr.iovecLength(vectors, i, room);
    }
  }

  /** Takes note of what was received, and over the descriptors that it may have come with. */
  void received(int messages, boolean mayHaveDescriptors) {
    for (int i = 0; i < messages; i++) {
      peers[i].received();
      controls[i].received(MsgHdr.controlLength(headers, i), mayHaveDescriptors);
    }
    for (int i = messages; i < expected; i++) {
      peers[i].clear();
      MsgHdr.length(headers, i, 0);
    }
    count = messages;
  }

  /**
   * The end of a connection fills a whole batch with empty messages: they don't count.
   *
   * @param messages whether the connection has messages, which may be empty before its end
   */
  void cutAtEnd(boolean messages) {
    while (count > 0 && isEnd(count - 1, messages)) {
      count--;
    }
  }

  /**
   * Whether a message without data is the connection's end; an empty one with control data is not.
   */
  boolean isEnd(int i, boolean messages) {
    return MsgHdr.length(headers, i) == 0 && !(messages && MsgHdr.controlLength(headers, i) > 0);
  }

  /** After a part of a message was sent, and its control data with it: the rest takes its place. */
  void keepRest(int message, long sent) {
    if (sent > 0) {
      long rest = MsgHdr.length(headers, message) - sent;
      MemorySegment.copy(buffers[message], sent, buffers[message], 0, rest);
      MsgHdr.length(headers, message, rest);
      controls[message].clear();
    }
  }

  /** Points to what is to be sent. */
  void prepare(int first, int messages) throws NixioException {
    for (int i = first; i < first + messages; i++) {
      MsgHdr.iovecLength(vectors, i, checkLength(MsgHdr.length(headers, i)));
      lending |= controls[i].passesSockets();
      MsgHdr.controlLength(headers, i, controls[i].prepare());
    }
  }

  /** Takes note of what one received; the kernel has not written its length. */
  void receivedOne(long bytes, boolean mayHaveDescriptors) {
    MsgHdr.length(headers, 0, bytes);
    received(1, mayHaveDescriptors);
  }

  /**
   * Frees the memory. Doing so again does nothing.
   *
   * @throws IllegalStateException if a call is using it, or a part of it; it stays open then
   */
  @Override
  public void close() {
    if (lease.end("batch")) {
      freeing.clean();
    }
  }

  /** How many messages there are, and what there is room for. */
  @Override
  public String toString() {
    return "batch of " + count + " messages, room for " + capacity + " of " + room + " bytes";
  }
}
