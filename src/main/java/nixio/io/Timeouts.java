package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Structs;
import nixio.posix.SysSocket;

/**
 * SO_RCVTIMEO and SO_SNDTIMEO of a descriptor. The kernel is asked, since another holder of the
 * socket may have set them; but as long as nobody else can hold it, only after they were set here.
 */
final class Timeouts {
  private static final long UNKNOWN = -1;

  private final int fd;

  /**
   * Whether they never had any other value than none, which is the rule, and SO_RCVLOWAT none but
   * 1.
   */
  private volatile boolean untouched;

  /** What is known since the last change. */
  private volatile Known known;

  private volatile boolean shared;

  private static final class Known {
    long receive = UNKNOWN;
    long send = UNKNOWN;
  }

  Timeouts(int fd, boolean untouched) {
    this.fd = fd;
    this.untouched = untouched;
    this.known = untouched ? null : new Known();
  }

  /** Whether that is one of the two, of SOL_SOCKET. */
  static boolean isOne(int option) {
    return option == Constants.SO_RCVTIMEO
        || option == Constants.SO_SNDTIMEO
        || option == Constants.SO_RCVTIMEO_NEW
        || option == Constants.SO_SNDTIMEO_NEW;
  }

  /** From now on there may be another holder of the socket. */
  void share() {
    forget();
    shared = true;
  }

  /** After they may have been set here: a look that is under way counts for nothing. */
  void forget() {
    known = new Known();
    untouched = false;
  }

  boolean areUntouched() {
    return untouched;
  }

  /** Whether there may be another holder. */
  boolean isShared() {
    return shared;
  }

  /** Whether there may be any: not if it is known that there are none. */
  boolean mayElapse() {
    if (areUntouched()) {
      return false;
    }
    Known now = known;
    return shared || now.receive != 0 || now.send != 0;
  }

  /** SO_RCVTIMEO in nanoseconds; 0 for none. */
  long receive() {
    if (areUntouched()) {
      return 0;
    }
    Known now = known;
    long nanos = now.receive;
    if (nanos == UNKNOWN || shared) {
      nanos = ask(Constants.SO_RCVTIMEO);
      now.receive = nanos;
    }
    return nanos;
  }

  /** SO_SNDTIMEO in nanoseconds; 0 for none. */
  long send() {
    if (areUntouched()) {
      return 0;
    }
    Known now = known;
    long nanos = now.send;
    if (nanos == UNKNOWN || shared) {
      nanos = ask(Constants.SO_SNDTIMEO);
      now.send = nanos;
    }
    return nanos;
  }

  private long ask(int option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(Structs.timevalSize(), 8);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Structs.timevalSize());
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      int answer = SysSocket.getsockopt(errno, fd, Constants.SOL_SOCKET, option, value, length);
      return answer < 0
          ? 0
          : TimeUnit.SECONDS.toNanos(Structs.seconds(value))
              + TimeUnit.MICROSECONDS.toNanos(Structs.microseconds(value));
    }
  }
}
