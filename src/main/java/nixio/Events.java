package nixio;

import java.io.IOException;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import nixio.io.Descriptor;

/**
 * What Java Flight Recorder is told of sockets. No event class is touched before a recorder is
 * there, so that until then an event costs one look at a field.
 */
final class Events {
  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Events() {}

  private static boolean areHeard() {
    return PRESENT && FlightRecorder.isInitialized();
  }

  /** A connect that begins, or null if nobody wants to know. */
  static Connect connect() {
    return areHeard() ? begun(new Connect()) : null;
  }

  /** An accept that begins, or null if nobody wants to know. */
  static Accept accept() {
    return areHeard() ? begun(new Accept()) : null;
  }

  /** A receive that begins, or null if nobody wants to know. */
  static Read read() {
    return areHeard() ? begun(new Read()) : null;
  }

  /** A send that begins, or null if nobody wants to know. */
  static Write write() {
    return areHeard() ? begun(new Write()) : null;
  }

  /** The event itself is asked: while the recorder starts, its type may not be known yet. */
  private static <E extends Event> E begun(E event) {
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  /** A call on a socket. */
  @Category("nixio")
  @Enabled(false)
  @Threshold("20 ms")
  abstract static class Call extends Event {
    @Label("Address")
    @Description("The other end, where it is known")
    String address;

    @Label("Failure")
    @Description("The errno, or 'timed out'; none if the call did not fail")
    String failure;

    /**
     * Ends it, and tells of it if it has lasted long enough.
     *
     * @param other the other end; null for the one that the socket is connected to
     * @param answer the descriptor's
     */
    final void end(Socket socket, Address other, long answer) {
      end();
      if (shouldCommit()) {
        Address known = other == null ? peer(socket) : other;
        address = known == null ? null : known.toString();
        failure = answer < 0 ? failure(Descriptor.errno(answer)) : null;
        describe(answer);
        commit();
      }
    }

    /** Puts down what else there is to tell. */
    void describe(long answer) {}

    private static String failure(int number) {
      if (number == -Descriptor.TIMED_OUT) {
        return "timed out";
      }
      Errno errno = Errno.of(number);
      return errno == null ? "errno " + number : errno.name();
    }

    private static Address peer(Socket socket) {
      try {
        return socket.getpeername();
      } catch (IOException e) {
        return null;
      }
    }
  }

  /** A call that moves bytes. */
  abstract static class Transfer extends Call {
    @Label("Bytes")
    @DataAmount
    long bytes;

    @Override
    void describe(long answer) {
      bytes = answer >= 0 ? answer : Descriptor.transferred(answer);
    }
  }

  /** Socket.connect. */
  @Name("nixio.Connect")
  @Label("Socket Connect")
  static final class Connect extends Call {}

  /** Socket.accept. */
  @Name("nixio.Accept")
  @Label("Socket Accept")
  static final class Accept extends Call {}

  /** Receives of every form. */
  @Name("nixio.Read")
  @Label("Socket Read")
  static final class Read extends Transfer {}

  /** Sends of every form. */
  @Name("nixio.Write")
  @Label("Socket Write")
  static final class Write extends Transfer {}
}
