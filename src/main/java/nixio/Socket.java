package nixio;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nixio.io.Closing;
import nixio.io.Descriptor;
import nixio.io.Nature;
import nixio.io.Opening;
import nixio.posix.Constants;
import nixio.posix.Libc;

/**
 * A socket of the operating system: the API of nixio.Socket, over off-heap memory.
 *
 * {@snippet file="SocketExample.java" region="socket"}
 *
 * <p><b>Memory.</b> What is sent and received goes straight between the kernel and the caller's
 * {@link MemorySegment}. Segments on the heap, and of {@code MemorySegment.ofBuffer}, work
 * everywhere, at the cost of a copy. A segment must be accessible by the calling thread (else
 * {@link WrongThreadException}, or {@link IllegalStateException} if its arena is closed); one to
 * receive into must not be read-only ({@link IllegalArgumentException}); ranges outside of it are
 * an {@link IndexOutOfBoundsException}. An arena can't be closed while the kernel uses its memory;
 * where it is closed under a parked virtual thread, the call ends with {@link
 * IllegalStateException}.
 *
 * <p><b>Answers.</b> Calls answer a number of bytes, {@link #EOF} when the peer has finished,
 * {@link #WOULD_BLOCK} when a non-blocking call can't go on; null and false where an object or a
 * boolean is answered. Whatever fails is an exception: {@link NixioException} with the errno,
 * {@link ResolveException} for names, {@link SocketTimeoutException} when SO_RCVTIMEO, SO_SNDTIMEO
 * or a Duration has elapsed.
 *
 * <p><b>Threads.</b> A socket may be used by any number of threads at once; calls on it go side by
 * side, as in C. Sends on a blocking stream, {@link #sendall}, {@link #recvall} and {@code
 * recv(Msg.WAITALL)} each are whole: no other of them comes between on this socket. {@link #close}
 * ends every call that is in progress, with EBADF. A virtual thread that waits parks. {@link
 * Thread#interrupt} ends a call that waits with EINTR; the thread stays interrupted and the socket
 * open. (An {@link java.nio.channels.InterruptibleChannel} would close.) Duplicates, of {@link
 * #dup}, have one mode.
 *
 * <p><b>Observation.</b> Java Flight Recorder has the events nixio.Connect, nixio.Accept,
 * nixio.Read, nixio.Write and nixio.PollerWait, all off by default; their threshold is 20 ms. In a
 * thread dump, a virtual thread that waits is parked on its descriptor.
 *
 * <p>A socket that is no longer reachable is closed after a garbage collection, but do not wait for
 * that. Every descriptor is close-on-exec. SIGPIPE is never raised.
 */
public final class Socket implements Closeable {
  /** The peer has finished. */
  public static final int EOF = -1;

  /** Nothing can be sent or received now, and the call is not to wait. */
  public static final int WOULD_BLOCK = -2;

  /** A copy of a stream's data on the heap has this size at most; datagrams are copied whole. */
  private static final long COPY = 1 << 18;

  private static final Duration LONGEST_SPIN = Duration.ofNanos(30_000);

  private static final Cleaner LOST = Cleaner.create();
  private static final VarHandle PEER;

  static {
    try {
      PEER = MethodHandles.lookup().findVarHandle(Socket.class, "peer", AddressBuffer.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Descriptor descriptor;
  private final Cleaner.Cleanable cleanable;
  private final Domain domain;
  private final Type type;
  private final Protocol protocol;

  /** The kernel's number for the next send without a copy: see {@link ZeroCopy}. */
  int nextUncopied;

  /** Where accept(2) writes addresses, while no call is using it; null until there was one. */
  @SuppressWarnings("UnusedVariable") // through PEER
  private AddressBuffer peer;

  private Socket(
      int fd, boolean blocking, boolean untouched, Domain domain, Type type, Protocol protocol) {
    this(
        new Descriptor(fd, blocking, nature(domain, type, protocol), untouched),
        domain,
        type,
        protocol);
  }

  private Socket(Descriptor own, Domain domain, Type type, Protocol protocol) {
    this.descriptor = own;
    this.domain = domain;
    this.type = type;
    this.protocol = protocol;
    this.cleanable = LOST.register(this, new Loss(own));
  }

  /** What is done for a socket that was not closed, and is no longer reachable. */
  private record Loss(Descriptor own) implements Runnable {
    @Override
    public void run() {
      own.abandon();
    }
  }

  private static Nature nature(Domain domain, Type type, Protocol protocol) {
    if (domain == Domain.UNIX) {
      return type == Type.DGRAM ? Nature.ROOM_UNTOLD : Nature.TELLING;
    }
    boolean inet = domain == Domain.INET || domain == Domain.INET6;
    if (!inet) {
      return Nature.PECULIAR;
    }
    boolean tcp = protocol == Protocol.DEFAULT || protocol == Protocol.TCP;
    return tcp && type == Type.STREAM ? Nature.DRAINING : Nature.TELLING;
  }

  // Open and close

  /**
   * A new socket, of the protocol that goes with the domain and the type: see {@link #open(Domain,
   * Type, Protocol)}.
   */
  public static Socket open(Domain domain, Type type) throws IOException {
    return open(domain, type, Protocol.DEFAULT);
  }

  /**
   * A new socket, blocking and close-on-exec; see socket(2).
   *
   * @throws NixioException EPERM without CAP_NET_RAW for raw sockets; EACCES for a ping socket
   *     outside of net.ipv4.ping_group_range; EPROTONOSUPPORT, ESOCKTNOSUPPORT or EAFNOSUPPORT for
   *     what the kernel doesn't have; EMFILE or ENFILE when there are too many descriptors
   */
  public static Socket open(Domain domain, Type type, Protocol protocol) throws IOException {
    Libc.require();
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(protocol, "protocol");
    int fd = Opening.socket(domain.number(), type.number(), protocol.number());
    if (fd < 0) {
      throw new NixioException(
          "socket " + domain + " " + type + (protocol == Protocol.DEFAULT ? "" : " " + protocol),
          null,
          -fd,
          0,
          Advice.toOpen(domain, type, protocol, -fd));
    }
    return new Socket(fd, true, true, domain, type, protocol);
  }

  /**
   * Two sockets that are connected with each other; see socketpair(2).
   *
   * @param domain UNIX; the kernel has it for no other (EOPNOTSUPP)
   */
  public static Pair pair(Domain domain, Type type) throws IOException {
    Libc.require();
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(type, "type");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
      int answer = Opening.socketpair(domain.number(), type.number(), 0, fds);
      if (answer < 0) {
        throw new NixioException("socketpair " + domain + " " + type, null, -answer);
      }
      return new Pair(
          new Socket(
              fds.getAtIndex(ValueLayout.JAVA_INT, 0), true, true, domain, type, Protocol.DEFAULT),
          new Socket(
              fds.getAtIndex(ValueLayout.JAVA_INT, 1), true, true, domain, type, Protocol.DEFAULT));
    }
  }

  /**
   * Takes over an open descriptor, and closes it in the end. Its domain, type, protocol and mode
   * are asked of the kernel. If it is refused, it stays open, and the caller's.
   *
   * @throws NixioException EBADF if the descriptor is not open, ENOTSOCK if it is no socket
   */
  public static Socket adopt(int fd) throws IOException {
    if (fd < 0) {
      throw new IllegalArgumentException("descriptor " + fd + " is negative");
    }
    Libc.require();
    int flags = Opening.flags(fd);
    if (flags < 0) {
      throw new NixioException("adopt descriptor " + fd, null, -flags);
    }
    boolean blocking = (flags & Constants.O_NONBLOCK) == 0;
    Descriptor asked = new Descriptor(fd, blocking, Nature.TELLING, false); // never closed
    try {
      Domain domain = OptionAccess.get(asked, Option.SO_DOMAIN);
      Type type = OptionAccess.get(asked, Option.SO_TYPE);
      Protocol protocol = OptionAccess.get(asked, Option.SO_PROTOCOL);
      Socket adopted = new Socket(fd, blocking, false, domain, type, protocol);
      adopted.descriptor.share();
      return adopted;
    } catch (NixioException e) {
      throw new NixioException("adopt descriptor " + fd, null, e.number());
    }
  }

  /**
   * Gives the descriptor away, open and in the user's mode; this socket is closed then. Calls in
   * progress end with EBADF.
   *
   * @return the descriptor, which nobody closes any more but the caller
   * @throws NixioException EBADF if this socket is closed
   */
  public int detach() throws IOException {
    try {
      int fd = descriptor.detach();
      if (fd < 0) {
        throw NixioException.closed("detach");
      }
      cleanable.clean();
      return fd;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * A second owner of the same socket: what one does to its state, the other sees; each is closed
   * by itself; see dup(2).
   */
  public Socket dup() throws IOException {
    try {
      int fd = descriptor.dup();
      if (fd < 0) {
        throw failure("dup", null, fd, null);
      }
      return new Socket(descriptor.duplicate(fd), domain, type, protocol);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** A duplicate for another process, which the caller closes, in the user's mode. */
  int lend() throws NixioException {
    try {
      int fd = descriptor.lend();
      if (fd < 0) {
        throw fd == -Constants.EBADF
            ? NixioException.closed("dup")
            : new NixioException("dup", null, -fd);
      }
      return fd;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Closes the socket; see close(2). Calls that other threads are in end with EBADF, "socket
   * closed", and the descriptor is closed when they have. A second close does nothing. A path that
   * a UNIX socket is bound to stays, as in C.
   */
  @Override
  public void close() throws IOException {
    try {
      int answer = descriptor.close();
      cleanable.clean();
      if (answer < 0) {
        throw new NixioException("close", null, -answer);
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Whether it was not closed or detached yet. */
  public boolean isOpen() {
    return descriptor.isOpen();
  }

  /**
   * The descriptor's number, which stays this socket's.
   *
   * @throws NixioException EBADF if the socket is closed
   */
  public int fileno() throws IOException {
    int fd = descriptor.number();
    if (fd < 0) {
      throw NixioException.closed("fileno");
    }
    descriptor.share(); // whoever knows the number can do with it what they want
    return fd;
  }

  // Addresses

  /**
   * Binds to an address of a host; see bind(2). Each address of the name is tried in the resolver's
   * order; if all fail, the last failure is thrown, with the others suppressed in it.
   *
   * @param host a name or a literal address; null for any; on a UNIX socket the path
   * @param port 0..65535, 0 for one of the kernel's choice; on a UNIX socket ignored
   * @throws ResolveException if the host does not resolve to an address of the socket's domain
   * @throws NixioException EADDRINUSE, EADDRNOTAVAIL, EACCES, EINVAL if it is bound already
   */
  public Socket bind(String host, int port) throws IOException {
    return domain == Domain.UNIX
        ? bind(Address.Unix.of(Objects.requireNonNull(host, "path")))
        : bindEach(host, Integer.toString(Address.checkPort(port)), Constants.AI_NUMERICSERV);
  }

  /** {@link #bind(String, int)} with the port by the name of its service; see services(5). */
  public Socket bind(String host, String service) throws IOException {
    Objects.requireNonNull(service, "service");
    return domain == Domain.UNIX
        ? bind(Address.Unix.of(Objects.requireNonNull(host, "path")))
        : bindEach(host, service, 0);
  }

  /**
   * Binds a UNIX socket to a path, to an abstract name if it begins with NUL, or to an abstract
   * name of the kernel's choice if it is empty; see unix(7).
   *
   * @throws IllegalArgumentException on a socket of another domain, or if the path has more than
   *     108 bytes of UTF-8
   */
  public Socket bind(String path) throws IOException {
    demandUnix("bind(path)");
    Objects.requireNonNull(path, "path");
    return bind(Address.Unix.of(path));
  }

  /**
   * Binds to an address; see bind(2).
   *
   * @throws IllegalArgumentException if it is of another domain
   */
  public Socket bind(Address address) throws IOException {
    demandDomain(address);
    try (Arena arena = Arena.ofConfined()) {
      AddressBuffer buffer = new AddressBuffer(arena).set(address);
      int answer = descriptor.bind(buffer.address, buffer.length());
      if (answer < 0) {
        throw failure("bind", address, answer, Advice.toBind(address, -answer));
      }
      return this;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private Socket bindEach(String host, String service, int flags) throws IOException {
    forEach(host, service, flags | Constants.AI_PASSIVE, address -> bind(address).isOpen());
    return this;
  }

  /**
   * Connects to an address of a host; see connect(2). Each address of the name is tried in the
   * resolver's order; if all fail, the last failure is thrown, with the others suppressed in it.
   *
   * @param host a name or a literal address; null for this machine; on a UNIX socket the path
   * @param port 0..65535; on a UNIX socket ignored
   * @return false if the socket is non-blocking and the connection under way: wait for {@link
   *     Poll#OUT} and connect again to learn its end
   * @throws ResolveException if the host does not resolve to an address of the socket's domain
   * @throws NixioException ECONNREFUSED, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH, EISCONN and others
   * @throws SocketTimeoutException if SO_SNDTIMEO has elapsed; the attempt goes on, and connect
   *     again waits for it
   */
  public boolean connect(String host, int port) throws IOException {
    return domain == Domain.UNIX
        ? connect(Address.Unix.of(Objects.requireNonNull(host, "path")))
        : connectEach(host, Integer.toString(Address.checkPort(port)), Constants.AI_NUMERICSERV);
  }

  /** {@link #connect(String, int)} with the port by the name of its service; see services(5). */
  public boolean connect(String host, String service) throws IOException {
    Objects.requireNonNull(service, "service");
    return domain == Domain.UNIX
        ? connect(Address.Unix.of(Objects.requireNonNull(host, "path")))
        : connectEach(host, service, 0);
  }

  /**
   * Connects a UNIX socket to a path, or to an abstract name if it begins with NUL; see unix(7).
   *
   * @return false if the socket is non-blocking and the listener's queue is full: nothing is under
   *     way then, so connect again later
   * @throws IllegalArgumentException on a socket of another domain
   */
  public boolean connect(String path) throws IOException {
    demandUnix("connect(path)");
    Objects.requireNonNull(path, "path");
    return connect(Address.Unix.of(path));
  }

  /** Connects to an address; see {@link #connect(String, int)} and {@link #connect(String)}. */
  public boolean connect(Address address) throws IOException {
    return connect(address, Descriptor.NEVER);
  }

  /**
   * Connects to an address, within a time.
   *
   * @param timeout how long to wait at most, even if SO_SNDTIMEO is longer; null for ever
   * @return false only if the socket is non-blocking, as there is no waiting then
   * @throws SocketTimeoutException if the time is up; the attempt goes on: connect again waits for
   *     it, close ends it
   */
  public boolean connect(Address address, Duration timeout) throws IOException {
    return connect(address, Durations.deadline(timeout));
  }

  private boolean connect(Address address, long deadline) throws IOException {
    demandDomain(address);
    try {
      Events.Connect event = Events.connect();
      int answer = descriptor.connect(address.writer, domain != Domain.UNIX, deadline);
      if (event != null) {
        event.end(this, address, answer);
      }
      if (answer >= 0) {
        return true;
      }
      if (answer == -Constants.EINPROGRESS
          || answer == -Constants.EALREADY
          || (answer == -Constants.EAGAIN && domain == Domain.UNIX)) {
        return false;
      }
      throw failure("connect", address, answer, Advice.toReach(address, -answer));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private boolean connectEach(String host, String service, int flags) throws IOException {
    return forEach(host, service, flags, this::connect);
  }

  /** What is to be done with an address. */
  @FunctionalInterface
  private interface Attempt {
    boolean on(Address address) throws IOException;
  }

  private boolean forEach(String host, String service, int flags, Attempt attempt)
      throws IOException {
    if (!isOpen()) {
      throw NixioException.closed("getaddrinfo");
    }
    List<NixioException> failures = new ArrayList<>();
    for (AddressInfo found :
        Resolver.resolve(descriptor, host, service, domain, type, protocol, flags)) {
      try {
        return attempt.on(found.address());
      } catch (NixioException e) {
        failures.add(e);
        if (e.number() == Constants.EBADF || e.number() == Constants.EINTR) {
          break;
        }
      }
    }
    NixioException last = failures.removeLast();
    failures.forEach(last::addSuppressed);
    throw last;
  }

  /**
   * The address that the socket is bound to; see getsockname(2).
   *
   * @return any address and port 0 if it is not bound; for a UNIX socket an unnamed one
   */
  public Address getsockname() throws IOException {
    return name("getsockname", false);
  }

  /**
   * The address that the socket is connected to; see getpeername(2).
   *
   * @throws NixioException ENOTCONN if it is not connected
   */
  public Address getpeername() throws IOException {
    return name("getpeername", true);
  }

  private Address name(String operation, boolean ofPeer) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      AddressBuffer buffer = new AddressBuffer(arena);
      buffer.length.set(ValueLayout.JAVA_INT, 0, (int) buffer.address.byteSize());
      int answer =
          ofPeer
              ? descriptor.getpeername(buffer.address, buffer.length)
              : descriptor.getsockname(buffer.address, buffer.length);
      if (answer < 0) {
        throw failure(operation, null, answer, null);
      }
      return buffer.address();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Lets others connect; see listen(2).
   *
   * @param backlog how many may wait to be accepted; the system has a limit of its own, which a
   *     negative one stands for
   * @throws NixioException EOPNOTSUPP on a socket without connections; EINVAL on a UNIX socket that
   *     is not bound; EADDRINUSE
   */
  public Socket listen(int backlog) throws IOException {
    try {
      int answer = descriptor.listen(backlog);
      if (answer < 0) {
        throw failure("listen", null, answer, null);
      }
      return this;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Takes the next connection; see accept(2). It is blocking, whatever this socket is, and has the
   * options that the kernel hands on.
   *
   * @return null if the socket is non-blocking and nobody waits
   * @throws SocketTimeoutException if SO_RCVTIMEO has elapsed
   * @throws NixioException EINVAL if the socket does not listen, EMFILE, ECONNABORTED and others
   */
  public Accepted accept() throws IOException {
    AddressBuffer kept = (AddressBuffer) PEER.getAndSet(this, null);
    AddressBuffer peer = kept == null ? new AddressBuffer() : kept;
    try {
      Events.Accept event = Events.accept();
      long fd = descriptor.accept(peer.address, peer.length);
      if (event != null) {
        event.end(this, fd < 0 ? null : peer.address(), fd);
      }
      if (fd < 0) {
        if (fd == -Constants.EAGAIN) {
          return null;
        }
        throw failure("accept", null, fd, null);
      }
      return accepted((int) fd, peer);
    } finally {
      PEER.setRelease(this, peer);
      Reference.reachabilityFence(this);
    }
  }

  private Accepted accepted(int fd, AddressBuffer peer) {
    Socket socket;
    try {
      socket = new Socket(fd, true, descriptor.isUntouched(), domain, type, protocol);
    } catch (Throwable t) {
      Closing.close(fd);
      throw t;
    }
    Address address = peer.address();
    return new Accepted(socket, address == null ? Address.Unix.UNNAMED : address);
  }

  /** Ends both directions; see {@link #shutdown(Shutdown)}. */
  public Socket shutdown() throws IOException {
    return shutdown(Shutdown.RDWR);
  }

  /**
   * Ends a direction of the connection, for all who hold the socket; see shutdown(2).
   *
   * @throws NixioException ENOTCONN if it is not connected
   */
  public Socket shutdown(Shutdown how) throws IOException {
    Objects.requireNonNull(how, "how");
    try {
      int answer = descriptor.shutdown(how.number());
      if (answer < 0) {
        throw failure("shutdown", null, answer, null);
      }
      return this;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  // Receive

  /** Receives into a segment; see {@link #recv(MemorySegment, Msg)}. */
  public long recv(MemorySegment buffer) throws IOException {
    return receive(buffer, 0, size(buffer), 0);
  }

  /** Receives into a part of a segment; see {@link #recv(MemorySegment, Msg)}. */
  public long recv(MemorySegment buffer, long offset, long length) throws IOException {
    Objects.checkFromIndexSize(offset, length, size(buffer));
    return receive(buffer, offset, length, 0);
  }

  /**
   * Receives into a segment; see recv(2). A stream gives what is there, at least one byte; a
   * datagram socket one datagram, of which what the segment has no room for is lost: {@link
   * Msg#TRUNC} tells.
   *
   * @return how many bytes; 0 for an empty datagram or an empty segment, with which it waits all
   *     the same until there is something; {@link #EOF} at a stream's end; {@link #WOULD_BLOCK}
   * @throws SocketTimeoutException if SO_RCVTIMEO has elapsed
   * @throws NixioException ECONNRESET, ENOTCONN, ECONNREFUSED on a connected UDP socket, and others
   */
  public long recv(MemorySegment buffer, Msg flags) throws IOException {
    int bits = bits(flags);
    return isWhole(bits)
        ? receiveWhole(buffer, bits, Descriptor.NEVER)
        : receive(buffer, 0, size(buffer), bits);
  }

  /**
   * Receives into a new segment.
   *
   * @param length of bytes at most; more than {@link Nixio#BUFFERSIZE} are cut to that
   * @return exactly what was received; empty at a stream's end and for an empty datagram; null if
   *     the socket is non-blocking and there is nothing
   */
  public MemorySegment recv(SegmentAllocator into, long length) throws IOException {
    MemorySegment buffer = allocate(into, length);
    long n = receive(buffer, 0, buffer.byteSize(), 0);
    return n == WOULD_BLOCK ? null : buffer.asSlice(0, Math.max(0, n));
  }

  /** The same as {@link #recv(MemorySegment)}. */
  public long read(MemorySegment buffer) throws IOException {
    return recv(buffer);
  }

  /** The same as {@link #recv(MemorySegment, long, long)}. */
  public long read(MemorySegment buffer, long offset, long length) throws IOException {
    return recv(buffer, offset, length);
  }

  /** The same as {@link #recv(MemorySegment, Msg)}. */
  public long read(MemorySegment buffer, Msg flags) throws IOException {
    return recv(buffer, flags);
  }

  /** The same as {@link #recv(SegmentAllocator, long)}. */
  public MemorySegment read(SegmentAllocator into, long length) throws IOException {
    return recv(into, length);
  }

  /**
   * Receives a datagram and who sent it, without allocating anything; see recvfrom(2).
   *
   * @param sender takes the sender's address; none on a stream
   */
  public long recvfrom(MemorySegment buffer, AddressBuffer sender) throws IOException {
    return receiveFrom(buffer, 0, sender);
  }

  /**
   * Receives a datagram and who sent it, with flags; see {@link #recvfrom(MemorySegment,
   * AddressBuffer)}.
   */
  public long recvfrom(MemorySegment buffer, AddressBuffer sender, Msg flags) throws IOException {
    return receiveFrom(buffer, bits(flags), sender);
  }

  /**
   * Receives into a new segment, and tells who sent it; see {@link #recv(SegmentAllocator, long)}.
   *
   * @return null if the socket is non-blocking and there is nothing
   */
  public Received recvfrom(SegmentAllocator into, long length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = allocate(into, length);
      AddressBuffer sender = new AddressBuffer(arena);
      long n = receiveFrom(buffer, 0, sender);
      return n == WOULD_BLOCK
          ? null
          : new Received(buffer.asSlice(0, Math.max(0, n)), sender.address());
    }
  }

  /**
   * Receives until the segment is full or the stream ends.
   *
   * @return how many bytes, fewer than there is room for only at the end; {@link #EOF} if there
   *     were none; on a non-blocking socket what is there, {@link #WOULD_BLOCK} if nothing is
   * @throws SocketTimeoutException if SO_RCVTIMEO has elapsed in a wait; what has been received is
   *     in the segment, and {@code bytesTransferred} tells how much
   * @throws NixioException with {@code transferred()}, in the same way
   */
  public long recvall(MemorySegment buffer) throws IOException {
    return receiveWhole(buffer, 0, Descriptor.NEVER);
  }

  /**
   * {@link #recvall(MemorySegment)} within a time, for the whole.
   *
   * @param timeout null for ever
   */
  public long recvall(MemorySegment buffer, Duration timeout) throws IOException {
    return receiveWhole(buffer, 0, Durations.deadline(timeout));
  }

  private long receive(MemorySegment buffer, long offset, long length, int flags)
      throws IOException {
    Segments.checkWritable(buffer);
    if (!buffer.isNative()) {
      return receiveCopy(buffer.asSlice(offset, length), flags, null);
    }
    try {
      Events.Read event = Events.read();
      long answer = descriptor.recv(buffer, offset, length, unwaiting(flags));
      if (event != null) {
        event.end(this, null, answer);
      }
      return answer > 0 ? answer : received("recv", answer, length);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Whether to go on until the buffer is full; what is only looked at, or urgent, comes once. */
  private boolean isWhole(int flags) {
    int once =
        Constants.MSG_PEEK | Constants.MSG_OOB | Constants.MSG_ERRQUEUE | Constants.MSG_TRUNC;
    return (flags & (Constants.MSG_WAITALL | once)) == Constants.MSG_WAITALL && type == Type.STREAM;
  }

  private long receiveFrom(MemorySegment buffer, int flags, AddressBuffer sender)
      throws IOException {
    Objects.requireNonNull(sender, "sender");
    Segments.checkWritable(buffer);
    if (!buffer.isNative()) {
      return receiveCopy(buffer, flags, sender);
    }
    try {
      long size = buffer.byteSize();
      Events.Read event = Events.read();
      long answer =
          descriptor.recvfrom(buffer, size, unwaiting(flags), sender.address, sender.length);
      if (answer < 0) {
        sender.clear();
      } else {
        sender.received();
      }
      if (event != null) {
        event.end(this, sender.address(), answer);
      }
      return received("recvfrom", answer, size);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long receiveCopy(MemorySegment buffer, int flags, AddressBuffer sender)
      throws IOException {
    long size = type == Type.STREAM ? Math.min(buffer.byteSize(), COPY) : buffer.byteSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = Segments.allocate(arena, size);
      long n = sender == null ? receive(copy, 0, size, flags) : receiveFrom(copy, flags, sender);
      if (n > 0) {
        MemorySegment.copy(copy, 0, buffer, 0, Math.min(n, size));
      }
      return n;
    }
  }

  private long receiveWhole(MemorySegment buffer, int flags, long deadline) throws IOException {
    Segments.checkWritable(buffer);
    long size = buffer.byteSize();
    try {
      if (buffer.isNative()) {
        return received("recv", receiveWholeNative(buffer, flags, deadline), size);
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment copy = Segments.allocate(arena, size);
        long answer = receiveWholeNative(copy, flags, deadline);
        MemorySegment.copy(copy, 0, buffer, 0, Math.min(size, Descriptor.transferred(answer)));
        return received("recv", answer, size);
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long receiveWholeNative(MemorySegment buffer, int flags, long deadline) {
    Events.Read event = Events.read();
    long answer = descriptor.recvWhole(buffer, 0, buffer.byteSize(), flags, deadline);
    if (event != null) {
      event.end(this, null, answer);
    }
    return answer;
  }

  /** These never wait, also where the socket is blocking. */
  private static int unwaiting(int flags) {
    return (flags & (Constants.MSG_ERRQUEUE | Constants.MSG_OOB)) == 0
        ? flags
        : flags | Constants.MSG_DONTWAIT;
  }

  /** Descriptors come close-on-exec; packet sockets, with which none come, refuse the flag. */
  private int messageFlags(int flags) {
    return unwaiting(flags) | (mayReceiveDescriptors() ? Constants.MSG_CMSG_CLOEXEC : 0);
  }

  private long received(String operation, long answer, long size) throws IOException {
    if (answer > 0) {
      return answer;
    }
    if (answer == 0) {
      return size > 0 && isConnection() ? EOF : 0;
    }
    if (answer == -Constants.EAGAIN) {
      return WOULD_BLOCK;
    }
    throw failure(operation, null, answer, null);
  }

  /** What a call answers that has nothing to move. */
  long nothing() {
    return isOpen() ? 0 : -Constants.EBADF;
  }

  /** What a call by another class has come to. */
  long answerOf(String operation, boolean ended, long answer) throws IOException {
    return ended ? EOF : sent(operation, null, answer);
  }

  private static MemorySegment allocate(SegmentAllocator into, long length) {
    if (length < 0) {
      throw new IndexOutOfBoundsException("length " + length + " is negative");
    }
    long size = Math.min(length, Nixio.BUFFERSIZE);
    Objects.requireNonNull(into, "into");
    return into instanceof Arena ? Segments.allocate(into, size) : into.allocate(size, 1);
  }

  // Send

  /** Sends a segment; see {@link #send(MemorySegment, Msg)}. */
  public long send(MemorySegment data) throws IOException {
    return transmit(data, 0, size(data), 0);
  }

  /** Sends a segment from an offset to its end; see {@link #send(MemorySegment, Msg)}. */
  public long send(MemorySegment data, long offset) throws IOException {
    long size = size(data);
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException("offset " + offset + " is not in 0.." + size);
    }
    return transmit(data, offset, size - offset, 0);
  }

  /** Sends a part of a segment; see {@link #send(MemorySegment, Msg)}. */
  public long send(MemorySegment data, long offset, long length) throws IOException {
    Objects.checkFromIndexSize(offset, length, size(data));
    return transmit(data, offset, length, 0);
  }

  /**
   * Sends a segment; see send(2). A blocking stream takes everything before it returns; a
   * non-blocking one what there is room for.
   *
   * @return how many bytes; {@link #WOULD_BLOCK}
   * @throws SocketTimeoutException if SO_SNDTIMEO has elapsed in a wait; {@code bytesTransferred}
   *     tells how many bytes went before
   * @throws NixioException EPIPE, ECONNRESET, ENOTCONN, EDESTADDRREQ, EMSGSIZE if a datagram is too
   *     long, ECONNREFUSED on a connected UDP socket, and others
   */
  public long send(MemorySegment data, Msg flags) throws IOException {
    return transmit(data, 0, size(data), bits(flags));
  }

  /** The same as {@link #send(MemorySegment)}. */
  public long write(MemorySegment data) throws IOException {
    return send(data);
  }

  /** The same as {@link #send(MemorySegment, long)}. */
  public long write(MemorySegment data, long offset) throws IOException {
    return send(data, offset);
  }

  /** The same as {@link #send(MemorySegment, long, long)}. */
  public long write(MemorySegment data, long offset, long length) throws IOException {
    return send(data, offset, length);
  }

  /** The same as {@link #send(MemorySegment, Msg)}. */
  public long write(MemorySegment data, Msg flags) throws IOException {
    return send(data, flags);
  }

  /** Sends a datagram to an address; see {@link #sendto(MemorySegment, Address, Msg)}. */
  public long sendto(MemorySegment data, Address to) throws IOException {
    return transmitTo(data, 0, to);
  }

  /**
   * Sends a datagram to an address; see sendto(2). On a connected stream the address is ignored.
   *
   * @return how many bytes; {@link #WOULD_BLOCK}
   * @throws NixioException EACCES for a broadcast address without SO_BROADCAST, EMSGSIZE,
   *     ENETUNREACH, and others
   */
  public long sendto(MemorySegment data, Address to, Msg flags) throws IOException {
    return transmitTo(data, bits(flags), to);
  }

  /**
   * Sends a datagram to the address in a buffer; see {@link #sendto(MemorySegment, Address, Msg)}.
   */
  public long sendto(MemorySegment data, AddressBuffer to) throws IOException {
    return transmitTo(data, 0, to);
  }

  /**
   * Sends a datagram to the address in a buffer; see {@link #sendto(MemorySegment, Address, Msg)}.
   */
  public long sendto(MemorySegment data, AddressBuffer to, Msg flags) throws IOException {
    return transmitTo(data, bits(flags), to);
  }

  /**
   * Sends a datagram to the first address of a host; see {@link #sendto(MemorySegment, Address,
   * Msg)}.
   *
   * @param host a name or a literal address; on a UNIX socket the path
   * @param port 0..65535; on a UNIX socket ignored
   */
  public long sendto(MemorySegment data, String host, int port) throws IOException {
    return sendto(data, resolve(host, port));
  }

  /** Sends a part of a segment; see {@link #sendto(MemorySegment, String, int)}. */
  public long sendto(MemorySegment data, String host, int port, long offset, long length)
      throws IOException {
    return sendto(range(data, offset, length), resolve(host, port));
  }

  /**
   * Sends everything, whatever the type; on a non-blocking socket what there is room for.
   *
   * @return how many bytes; on a non-blocking socket {@link #WOULD_BLOCK} if there was room for
   *     none
   * @throws SocketTimeoutException if SO_SNDTIMEO has elapsed in a wait; {@code bytesTransferred}
   *     tells how many bytes went before
   * @throws NixioException with {@code transferred()}, in the same way
   */
  public long sendall(MemorySegment data) throws IOException {
    return transmitWhole(data, Descriptor.NEVER);
  }

  /**
   * {@link #sendall(MemorySegment)} within a time, for the whole.
   *
   * @param timeout null for ever
   */
  public long sendall(MemorySegment data, Duration timeout) throws IOException {
    return transmitWhole(data, Durations.deadline(timeout));
  }

  private long transmit(MemorySegment data, long offset, long length, int flags)
      throws IOException {
    Segments.check(data);
    boolean stream = type == Type.STREAM;
    boolean waits = descriptor.isBlocking() && (flags & Constants.MSG_DONTWAIT) == 0;
    if (!data.isNative()) {
      long most = stream && !waits ? Math.min(length, COPY) : length;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment copy = Segments.copy(data.asSlice(offset, most), arena);
        return transmit(copy, 0, most, flags);
      }
    }
    try {
      Events.Write event = Events.write();
      long answer =
          stream && waits
              ? descriptor.sendWhole(data, offset, length, flags, Descriptor.NEVER)
              : descriptor.send(data, offset, length, flags);
      if (event != null) {
        event.end(this, null, answer);
      }
      return answer >= 0 ? answer : sent("send", null, answer);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long transmitWhole(MemorySegment data, long deadline) throws IOException {
    Segments.check(data);
    if (!data.isNative()) {
      try (Arena arena = Arena.ofConfined()) {
        return transmitWhole(Segments.copy(data, arena), deadline);
      }
    }
    try {
      Events.Write event = Events.write();
      long answer = descriptor.sendWhole(data, 0, data.byteSize(), 0, deadline);
      if (event != null) {
        event.end(this, null, answer);
      }
      return sent("send", null, answer);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long transmitTo(MemorySegment data, int flags, Address to) throws IOException {
    demandDomain(to);
    Segments.check(data);
    if (isAddressIgnored(flags)) {
      return transmit(data, 0, data.byteSize(), flags);
    }
    if (!data.isNative()) {
      try (Arena arena = Arena.ofConfined()) {
        return transmitTo(Segments.copy(data, arena), flags, to);
      }
    }
    try {
      Events.Write event = Events.write();
      long answer = descriptor.sendto(data, data.byteSize(), flags, to.writer);
      if (event != null) {
        event.end(this, to, answer);
      }
      return sent("sendto", to, answer);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long transmitTo(MemorySegment data, int flags, AddressBuffer to) throws IOException {
    if (Objects.requireNonNull(to, "to").family() != domain.number() && domain.isKnown()) {
      throw new IllegalArgumentException(
          to.length() == 0
              ? "the address buffer is empty"
              : "the address buffer has " + to + "; the socket's domain is " + domain);
    }
    Segments.check(data);
    if (isAddressIgnored(flags)) {
      return transmit(data, 0, data.byteSize(), flags);
    }
    if (!data.isNative()) {
      try (Arena arena = Arena.ofConfined()) {
        return transmitTo(Segments.copy(data, arena), flags, to);
      }
    }
    try {
      Events.Write event = Events.write();
      long answer = descriptor.sendto(data, data.byteSize(), flags, to.address, to.length);
      if (event != null) {
        event.end(this, to.address(), answer);
      }
      return answer >= 0 ? answer : sent("sendto", to.address(), answer);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** TCP takes the address for nothing, but for the first data of a connection. */
  private boolean isAddressIgnored(int flags) {
    return type == Type.STREAM && domain != Domain.UNIX && (flags & Constants.MSG_FASTOPEN) == 0;
  }

  private long sent(String operation, Address to, long answer) throws IOException {
    if (answer >= 0) {
      return answer;
    }
    if (answer == -Constants.EAGAIN) {
      return WOULD_BLOCK;
    }
    throw refused(operation, to, answer, 0);
  }

  private long sent(String operation, Batch batch, int message, long answer) throws IOException {
    if (answer >= 0 || answer == -Constants.EAGAIN) {
      return answer >= 0 ? answer : WOULD_BLOCK;
    }
    throw refused(operation, peer(batch, message), answer, batch.segmentSize(message));
  }

  /** The failure of a send, of a message that was to be cut into segments of its own size or 0. */
  private IOException refused(String operation, Address to, long answer, int segment) {
    int number = Descriptor.errno(answer);
    String advice = Advice.toReach(to, number);
    if (advice == null && type == Type.DGRAM && Advice.mayBeOfSegments(number)) {
      advice = Advice.toCut(segment == 0 ? segmentSize() : segment, number);
    }
    return failure(operation, to, answer, advice);
  }

  /** UDP_SEGMENT, 0 if there is no such thing. */
  private int segmentSize() {
    try {
      return OptionAccess.get(descriptor, Option.UDP_SEGMENT);
    } catch (IOException e) {
      return 0; // no UDP socket, or closed
    }
  }

  private Address resolve(String host, int port) throws IOException {
    if (domain == Domain.UNIX) {
      return Address.Unix.of(Objects.requireNonNull(host, "path"));
    }
    Objects.requireNonNull(host, "host");
    String service = Integer.toString(Address.checkPort(port));
    return Resolver.resolve(
            descriptor, host, service, domain, type, protocol, Constants.AI_NUMERICSERV)
        .getFirst()
        .address();
  }

  // Messages

  /** Receives messages together; see {@link #recvmmsg(Batch, Msg)}. */
  public int recvmmsg(Batch batch) throws IOException {
    return receiveTogether(batch, 0);
  }

  /**
   * Receives messages together, as many as are there and the batch has room for; waits for the
   * first only. See recvmmsg(2).
   *
   * <p>An error after the first message is kept by the kernel, for the next call. On a stream each
   * message would be a piece of it: {@link #recvmsg} is for those.
   *
   * @return how many, which {@link Batch#count} tells too; {@link #EOF} at the end of a connection,
   *     {@link #WOULD_BLOCK}
   * @throws SocketTimeoutException if SO_RCVTIMEO has elapsed
   * @throws IllegalStateException if the batch is closed, or in use by another call
   * @throws NixioException as {@link #recv(MemorySegment, Msg)}
   */
  public int recvmmsg(Batch batch, Msg flags) throws IOException {
    return receiveTogether(batch, bits(flags));
  }

  private int receiveTogether(Batch batch, int flags) throws IOException {
    Objects.requireNonNull(batch, "batch").enter();
    try {
      batch.expect(batch.capacity());
      Events.Read event = Events.read();
      int all = messageFlags(flags);
      long answer = descriptor.recvmmsg(batch.headers, batch.capacity(), all);
      if (event != null) {
        event.end(this, null, answer);
      }
      batch.received((int) Math.max(0, answer), mayReceiveDescriptors());
      if (answer == batch.capacity() && mayHaveEnded(batch, flags)) {
        batch.cutAtEnd(type == Type.SEQPACKET);
        return batch.count() == 0 ? EOF : batch.count();
      }
      return (int) (answer > 0 ? answer : received("recvmmsg", answer, 0));
    } finally {
      batch.leave();
      Reference.reachabilityFence(this);
    }
  }

  /** Sends the messages of a batch together; see {@link #sendmmsg(Batch, int, Msg)}. */
  public int sendmmsg(Batch batch) throws IOException {
    return transmitTogether(batch, 0, 0);
  }

  /** Sends the messages of a batch from one on; see {@link #sendmmsg(Batch, int, Msg)}. */
  public int sendmmsg(Batch batch, int first) throws IOException {
    return transmitTogether(batch, first, 0);
  }

  /**
   * Sends the messages of a batch together, from one on; see sendmmsg(2).
   *
   * <p>It may send fewer than there are: what went wrong with the next one is told when that is the
   * first to be sent. So a sender of all goes on until it has come to the end:
   *
   * {@snippet file="BatchExample.java" region="all"}
   *
   * <p>On a stream, where messages are but pieces, each is a system call of its own, and {@link
   * #sendv} is better. One that goes in part does not count: what is left of it takes its place in
   * the batch, so that the next call goes on from there.
   *
   * @param first 0..{@link Batch#count}
   * @return how many were sent; {@link #WOULD_BLOCK}
   * @throws SocketTimeoutException if SO_SNDTIMEO has elapsed before the first was sent; {@code
   *     bytesTransferred} tells how much of it, on a stream
   * @throws IllegalStateException if the batch is closed, or in use by another call
   * @throws NixioException as {@link #sendto(MemorySegment, Address, Msg)}; EIO where the device
   *     can't send segments, EINVAL if there are too many or too large ones
   */
  public int sendmmsg(Batch batch, int first, Msg flags) throws IOException {
    return transmitTogether(batch, first, bits(flags));
  }

  private int transmitTogether(Batch batch, int first, int flags) throws IOException {
    Objects.requireNonNull(batch, "batch").enter();
    try {
      int count = batch.count() - first;
      if (first < 0 || count < 0) {
        throw new IndexOutOfBoundsException("message " + first + " is not in 0.." + batch.count());
      }
      batch.prepare(first, count);
      Events.Write event = Events.write();
      long answer = count == 0 ? nothing() : transmitAll(batch, first, count, flags);
      if (event != null) {
        event.end(this, null, answer);
      }
      return (int) (answer >= 0 ? answer : sent("sendmmsg", batch, first, answer));
    } finally {
      batch.leave();
      Reference.reachabilityFence(this);
    }
  }

  /**
   * On a stream one after the other, to know of each how much of it went, and why not all: the
   * kernel counts one that went in part, and says no more.
   */
  private long transmitAll(Batch batch, int first, int count, int flags) {
    if (type != Type.STREAM) {
      return descriptor.sendmmsg(batch.headers, first, count, flags);
    }
    boolean waits = descriptor.isBlocking() && (flags & Constants.MSG_DONTWAIT) == 0;
    for (int i = 0; i < count; i++) {
      int message = first + i;
      long answer =
          waits
              ? transmitWhole(batch, message, flags)
              : descriptor.sendmsg(batch.headers, message, flags);
      long moved = Descriptor.transferred(answer);
      if (answer < 0 || moved < batch.length(message)) {
        batch.keepRest(message, moved);
        return i > 0 ? i : answer < 0 ? answer : -Constants.EAGAIN;
      }
    }
    return count;
  }

  private long transmitWhole(Batch batch, int message, int flags) {
    return descriptor.sendmsgWhole(
        batch.headers, message, batch.buffer(message), batch.length(message), flags);
  }

  /** Receives a message; see {@link #recvmsg(Batch, Msg)}. */
  public long recvmsg(Batch batch) throws IOException {
    return receiveMessage(batch, 0);
  }

  /**
   * Receives a message, or a piece of a stream, into the first slot of a batch, with whom it came
   * from and its control data; see recvmsg(2).
   *
   * @return how many bytes; 0 for an empty datagram; {@link #EOF}, {@link #WOULD_BLOCK}
   * @throws SocketTimeoutException if SO_RCVTIMEO has elapsed
   * @throws IllegalStateException if the batch is closed, or in use by another call
   * @throws NixioException as {@link #recv(MemorySegment, Msg)}
   */
  public long recvmsg(Batch batch, Msg flags) throws IOException {
    return receiveMessage(batch, bits(flags));
  }

  private long receiveMessage(Batch batch, int flags) throws IOException {
    Objects.requireNonNull(batch, "batch").enter();
    try {
      batch.expect(1);
      Events.Read event = Events.read();
      long answer = descriptor.recvmsg(batch.headers, messageFlags(flags));
      if (event != null) {
        event.end(this, null, answer);
      }
      if (answer < 0) {
        batch.received(0, false);
      } else {
        batch.receivedOne(answer, mayReceiveDescriptors());
      }
      if (answer == 0 && mayHaveEnded(batch, flags)) {
        return batch.isEnd(0, type == Type.SEQPACKET) ? EOF : 0;
      }
      return received("recvmsg", answer, 0);
    } finally {
      batch.leave();
      Reference.reachabilityFence(this);
    }
  }

  /** Sends the first message of a batch; see {@link #sendmsg(Batch, Msg)}. */
  public long sendmsg(Batch batch) throws IOException {
    return transmitMessage(batch, 0);
  }

  /**
   * Sends the first message of a batch, to its address and with its control data; see sendmsg(2). A
   * blocking stream takes everything before it returns.
   *
   * @return how many bytes; {@link #WOULD_BLOCK}
   * @throws SocketTimeoutException if SO_SNDTIMEO has elapsed in a wait
   * @throws IndexOutOfBoundsException if the batch has no message
   * @throws IllegalStateException if the batch is closed, or in use by another call
   * @throws NixioException as {@link #send(MemorySegment, Msg)}
   */
  public long sendmsg(Batch batch, Msg flags) throws IOException {
    return transmitMessage(batch, bits(flags));
  }

  private long transmitMessage(Batch batch, int flags) throws IOException {
    Objects.requireNonNull(batch, "batch").enter();
    try {
      Objects.checkIndex(0, batch.count());
      batch.prepare(0, 1);
      boolean waits = descriptor.isBlocking() && (flags & Constants.MSG_DONTWAIT) == 0;
      Events.Write event = Events.write();
      long answer =
          type == Type.STREAM && waits
              ? transmitWhole(batch, 0, flags)
              : descriptor.sendmsg(batch.headers, 0, flags);
      if (event != null) {
        event.end(this, null, answer);
      }
      return answer >= 0 ? answer : sent("sendmsg", batch, 0, answer);
    } finally {
      batch.leave();
      Reference.reachabilityFence(this);
    }
  }

  private static Address peer(Batch batch, int message) {
    return batch.peer(message).address();
  }

  /** Whether no data mean the end; not from the queue of errors. */
  private boolean mayHaveEnded(Batch batch, int flags) {
    return isConnection() && batch.room() > 0 && (flags & Constants.MSG_ERRQUEUE) == 0;
  }

  private boolean mayReceiveDescriptors() {
    return domain == Domain.UNIX;
  }

  private boolean isConnection() {
    return type == Type.STREAM || type == Type.SEQPACKET;
  }

  // Vectors and files

  /** Receives into segments; see {@link #recvv(Iovec, long, Msg)}. */
  public long recvv(Iovec into) throws IOException {
    return receiveParts(into, 0, 0);
  }

  /** Receives into segments, from a byte of theirs on; see {@link #recvv(Iovec, long, Msg)}. */
  public long recvv(Iovec into, long offset) throws IOException {
    return receiveParts(into, offset, 0);
  }

  /**
   * Receives into segments, one after the other, as if they were one, from a byte on: scatter; see
   * readv(2). It answers and fails as {@link #recv(MemorySegment, Msg)}.
   *
   * @param offset of the first byte to write, 0..{@link Iovec#byteSize}
   * @throws IllegalArgumentException if a segment is read-only, or they are of more than {@link
   *     Iovec#ARENAS} arenas
   * @throws IllegalStateException if they are in use by another call
   */
  public long recvv(Iovec into, long offset, Msg flags) throws IOException {
    return receiveParts(into, offset, bits(flags));
  }

  private long receiveParts(Iovec into, long offset, int flags) throws IOException {
    Objects.requireNonNull(into, "iovec").enter(true);
    try {
      long length = into.demandRest(offset);
      Events.Read event = Events.read();
      long answer =
          isWhole(flags) && length > 0
              ? descriptor.recvPartsWhole(into.parts, offset, length, flags)
              : descriptor.recvParts(into.parts, offset, length, messageFlags(flags));
      if (event != null) {
        event.end(this, null, answer);
      }
      into.received(offset, Descriptor.transferred(answer));
      return answer > 0 ? answer : received("recvv", answer, length);
    } finally {
      into.leave();
      Reference.reachabilityFence(this);
    }
  }

  /** Sends segments; see {@link #sendv(Iovec, long, Msg)}. */
  public long sendv(Iovec data) throws IOException {
    return transmitParts(data, 0, 0);
  }

  /** Sends segments, from a byte of theirs on; see {@link #sendv(Iovec, long, Msg)}. */
  public long sendv(Iovec data, long offset) throws IOException {
    return transmitParts(data, offset, 0);
  }

  /**
   * Sends segments, one after the other, as if they were one, from a byte on: gather; see
   * writev(2). It answers and fails as {@link #send(MemorySegment, Msg)}: a blocking stream takes
   * everything, a non-blocking one what there is room for, and the rest can be sent from there on.
   *
   * @param offset of the first byte to send, 0..{@link Iovec#byteSize}
   * @throws IllegalArgumentException if the segments are of more than {@link Iovec#ARENAS} arenas
   * @throws IllegalStateException if they are in use by another call
   */
  public long sendv(Iovec data, long offset, Msg flags) throws IOException {
    return transmitParts(data, offset, bits(flags));
  }

  private long transmitParts(Iovec data, long offset, int flags) throws IOException {
    Objects.requireNonNull(data, "iovec").enter(false);
    try {
      long length = data.demandRest(offset);
      boolean waits = descriptor.isBlocking() && (flags & Constants.MSG_DONTWAIT) == 0;
      Events.Write event = Events.write();
      long answer =
          type == Type.STREAM && waits
              ? descriptor.sendPartsWhole(data.parts, offset, length, flags)
              : descriptor.sendParts(data.parts, offset, length, flags);
      if (event != null) {
        event.end(this, null, answer);
      }
      return answer >= 0 ? answer : sent("sendv", null, answer);
    } finally {
      data.leave();
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Sends a part of a file, which no one but the kernel reads; see sendfile(2). A blocking socket
   * takes everything before it returns, a non-blocking one what there is room for. The position
   * that the descriptor has in the file is neither used nor changed.
   *
   * <p>Where the file is not in the kernel's cache, the disk is waited for, on a virtual thread
   * too, which pins its carrier meanwhile.
   *
   * @param file its open descriptor, which the caller keeps open
   * @param position in the file, of the first byte, 0 or more
   * @param count how many bytes, 0 or more
   * @return how many bytes, fewer than asked for where the file ends; {@link #WOULD_BLOCK}
   * @throws IllegalArgumentException if the socket is no stream: what would become one message is
   *     not said
   * @throws SocketTimeoutException if SO_SNDTIMEO has elapsed in a wait; {@code bytesTransferred}
   *     tells how many bytes went before
   * @throws NixioException with {@code transferred()}; EBADF if the file is not open for reading,
   *     EINVAL if it can't be read at a position, and those of {@link #send(MemorySegment, Msg)}
   */
  public long sendfile(int file, long position, long count) throws IOException {
    demandFilePart(position, count);
    if (file < 0) {
      throw new IllegalArgumentException("the file's descriptor " + file + " is negative");
    }
    try {
      Events.Write event = Events.write();
      long answer = count == 0 ? nothing() : descriptor.sendfile(file, position, count);
      if (event != null) {
        event.end(this, null, answer);
      }
      if (Descriptor.errno(answer) == Constants.EBADF && isOpen()) {
        String advice = "the file's descriptor " + file + " is not open for reading";
        throw failure("sendfile", null, answer, advice);
      }
      return answer >= 0 ? answer : sent("sendfile", null, answer);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Sends a part of a file. A FileChannel does not tell its descriptor, so that the file is mapped
   * (see mmap(2)) and sent from there. Over TCP that costs less than sendfile(2), and over UNIX
   * sockets more; a file that is sent often is best mapped once, by its FileChannel, and given to
   * {@link #send(MemorySegment)}. Answers and failures are those of {@link #sendfile(int, long,
   * long)}, but EFAULT if the file was cut meanwhile, and that an exception names send. The
   * channel's position is neither used nor changed. A thread that is interrupted while it maps
   * closes the channel, as with any call of it; one that was interrupted before does not.
   *
   * @param file open for reading
   */
  public long sendfile(FileChannel file, long position, long count) throws IOException {
    Objects.requireNonNull(file, "file");
    demandFilePart(position, count);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment part = map(file, position, count, arena);
      return part.byteSize() == 0 ? sent("send", null, nothing()) : send(part);
    }
  }

  private static MemorySegment map(FileChannel file, long position, long count, Arena arena)
      throws IOException {
    boolean interrupted = Thread.interrupted(); // which closes channels
    try {
      long length = Math.min(count, file.size() - position);
      return length <= 0
          ? MemorySegment.NULL
          : file.map(FileChannel.MapMode.READ_ONLY, position, length, arena);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void demandFilePart(long position, long count) {
    if (type != Type.STREAM) {
      throw new IllegalArgumentException(
          "a file is sent to streams; the type of " + this + " is " + type);
    }
    if (position < 0 || count < 0) {
      throw new IndexOutOfBoundsException(
          "position " + position + ", count " + count + ": neither can be negative");
    }
  }

  // Options and mode

  /**
   * The value of an option: one of {@link Option}, {@link java.net.StandardSocketOptions} or {@code
   * jdk.net.ExtendedSocketOptions}; see getsockopt(2).
   *
   * @throws IllegalArgumentException if the option is not supported, or can only be set
   * @throws NixioException EOPNOTSUPP or ENOPROTOOPT where the socket does not have it
   */
  public <T> T getopt(SocketOption<T> option) throws IOException {
    Objects.requireNonNull(option, "option");
    if (!(option instanceof Option<T> own)) {
      return JdkOptions.get(this, option);
    }
    own.demand(Option.Access.GET);
    try {
      return OptionAccess.get(descriptor, own);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * The value of an option by nixio's two names, such as {@code getopt("socket", "rcvbuf")}.
   *
   * @return of the type of the option's row in {@link Option}
   * @throws IllegalArgumentException if there is no such option; the message lists those there are
   */
  public Object getopt(String level, String option) throws IOException {
    return getopt(Option.of(level, option));
  }

  /**
   * Sets an option: one of {@link Option}, {@link java.net.StandardSocketOptions} or {@code
   * jdk.net.ExtendedSocketOptions}; see setsockopt(2).
   *
   * @throws IllegalArgumentException if the option is not supported, can only be read, or can't
   *     have that value
   * @throws NixioException EPERM with the right that is missing; EINVAL, EDOM, EOPNOTSUPP,
   *     ENOPROTOOPT as the kernel sees it
   */
  public <T> Socket setopt(SocketOption<T> option, T value) throws IOException {
    Objects.requireNonNull(option, "option");
    Objects.requireNonNull(value, () -> "value of " + option);
    if (!(option instanceof Option<T> own)) {
      JdkOptions.set(this, option, value);
      return this;
    }
    own.demand(Option.Access.SET);
    try {
      OptionAccess.set(descriptor, own, value);
      return this;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** SO_REUSEADDR without the table of options, whose making a start-up would notice. */
  Socket reuseAddress() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
      int answer =
          descriptor.setsockopt(
              Constants.SOL_SOCKET, Constants.SO_REUSEADDR, on, (int) on.byteSize());
      if (answer < 0) {
        throw failure("setsockopt SO_REUSEADDR", null, answer, null);
      }
      return this;
    }
  }

  /**
   * Sets an option by nixio's two names and with nixio's values, such as {@code setopt("tcp",
   * "nodelay", 1)}, {@code setopt("socket", "rcvtimeo", 1, 500000)} or {@code setopt("ip",
   * "add_membership", "239.1.2.3", "127.0.0.1")}.
   *
   * @throws IllegalArgumentException if there is no such option, or those are no values of it
   */
  public Socket setopt(String level, String option, Object... values) throws IOException {
    return setParsed(Option.of(level, option), values);
  }

  private <T> Socket setParsed(Option<T> option, Object... values) throws IOException {
    option.demand(Option.Access.SET);
    return setopt(option, option.parse(values));
  }

  /**
   * Whether calls on this socket wait. The descriptor's O_NONBLOCK is set accordingly, for all who
   * hold the socket; but a listener that a virtual thread has accepted on may have it in blocking
   * mode too.
   */
  public Socket setblocking(boolean blocking) throws IOException {
    try {
      int answer = descriptor.setBlocking(blocking);
      if (answer < 0) {
        throw failure("fcntl", null, answer, null);
      }
      return this;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Whether calls on this socket wait; true for a new one. */
  public boolean isBlocking() {
    return descriptor.isBlocking();
  }

  /**
   * For how long receives that find nothing ask again and again, before they wait: what comes
   * within that time is received without the cost of being woken, which is most of the time of a
   * message between two processors. It costs the processor, so it is done only as long as it has
   * paid of late, and rarely tried where it does not. It is for calls of platform threads that may
   * wait, on this socket; {@link Option#SO_BUSY_POLL} is the device's. {@link Option#SO_RCVLOWAT}
   * is for those who wait: a receive that finds fewer bytes while it asks answers them.
   *
   * @param most zero, the default, for not at all; at most 30 microseconds
   * @throws IllegalArgumentException if it is negative or more
   */
  public Socket setspin(Duration most) {
    if (most.isNegative() || most.compareTo(LONGEST_SPIN) > 0) {
      throw new IllegalArgumentException("spin of " + most + " is not 0.." + LONGEST_SPIN);
    }
    descriptor.spin(most.toNanos());
    return this;
  }

  /**
   * For how long receives ask again before they wait, at most; zero, the default, for not at all.
   */
  public Duration getspin() {
    return Duration.ofNanos(descriptor.spin());
  }

  /** The domain. */
  public Domain domain() {
    return domain;
  }

  /** The type. */
  public Type type() {
    return type;
  }

  /** The protocol, {@link Protocol#DEFAULT} if it was not named. */
  public Protocol protocol() {
    return protocol;
  }

  /** {@code nixio socket 5}, with the descriptor's number; closed, if it is. */
  @Override
  public String toString() {
    int fd = descriptor.number();
    return "nixio socket " + (fd < 0 ? "(closed)" : fd);
  }

  Descriptor descriptor() {
    return descriptor;
  }

  // Failures

  private IOException failure(String operation, Address address, long answer, String advice) {
    int number = Descriptor.errno(answer);
    long transferred = Descriptor.transferred(answer);
    if (number == -Descriptor.TIMED_OUT) {
      SocketTimeoutException late =
          new SocketTimeoutException(
              (address == null ? operation : operation + " " + address)
                  + (transferred > 0
                      ? ": timed out after " + transferred + " bytes"
                      : ": timed out"));
      late.bytesTransferred = (int) Math.min(Integer.MAX_VALUE, transferred);
      return late;
    }
    if (number == Constants.EBADF && !isOpen()) { // it may be of a descriptor that was passed
      return NixioException.closed(operation, transferred);
    }
    int known = number == -Descriptor.NO_ROOM ? Constants.EAGAIN : number;
    return new NixioException(operation, address, known, transferred, advice);
  }

  private static int bits(Msg flags) {
    return Objects.requireNonNull(flags, "flags").bits();
  }

  private static long size(MemorySegment segment) {
    return Objects.requireNonNull(segment, "segment").byteSize();
  }

  private static MemorySegment range(MemorySegment segment, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, size(segment));
    return segment.asSlice(offset, length);
  }

  private void demandUnix(String operation) {
    if (domain != Domain.UNIX) {
      throw new IllegalArgumentException(
          operation + " is for UNIX sockets; this one's domain is " + domain);
    }
  }

  private void demandDomain(Address address) {
    Domain wanted = Objects.requireNonNull(address, "address").domain();
    if (wanted != domain && domain.isKnown()) {
      throw new IllegalArgumentException(
          "address " + address + " is of the domain " + wanted + "; the socket's is " + domain);
    }
  }
}
