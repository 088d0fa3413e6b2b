package nixio;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nixio.io.Opening;
import nixio.posix.Libc;

/**
 * A descriptor that this process was started with: of a service manager, such as systemd's socket
 * activation, or of any other parent.
 *
 * {@snippet file="MessagesExample.java" region="inherited"}
 *
 * <p>It is made close-on-exec, so that no child gets it. Java can't take the variables out of its
 * own environment: {@link #hide} takes them out of that of a child; {@link Child} does so by
 * itself. (A child that gets them does no harm: LISTEN_PID tells it that they are not its own.)
 *
 * @param name by which it is known to the manager; {@code unknown} where it told none
 * @param fd the descriptor
 */
public record Inherited(String name, int fd) {
  private static final String FDS = "LISTEN_FDS";
  private static final String PID = "LISTEN_PID";
  private static final String NAMES = "LISTEN_FDNAMES";
  private static final String UNKNOWN = "unknown";

  /** The first descriptor that a manager passes; see sd_listen_fds(3), SD_LISTEN_FDS_START. */
  private static final int FIRST = 3;

  /**
   * Those that a service manager has passed, in its order: LISTEN_FDS, LISTEN_PID and
   * LISTEN_FDNAMES; see sd_listen_fds(3). To be asked once, before others make descriptors of them.
   *
   * @return none if there are none, or they are for another process
   * @throws IllegalStateException if the variables make no sense
   * @throws NixioException EBADF if one of them is not open
   */
  public static List<Inherited> all() throws IOException {
    return all(System.getenv(), ProcessHandle.current().pid());
  }

  static List<Inherited> all(Map<String, String> environment, long pid) throws IOException {
    String fds = environment.get(FDS);
    String whose = environment.get(PID);
    if (fds == null || whose == null || !whose.equals(Long.toString(pid))) {
      return List.of();
    }
    Integer count = Ints.tryParse(fds);
    if (count == null || count < 0 || count > Integer.MAX_VALUE - FIRST) {
      throw new IllegalStateException(FDS + "=" + fds + " is no number of descriptors");
    }
    List<String> names = names(environment.get(NAMES), count);
    List<Inherited> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(of(names == null ? UNKNOWN : names.get(i), FIRST + i));
    }
    return List.copyOf(found);
  }

  private static List<String> names(String told, int count) {
    if (told == null) {
      return null;
    }
    List<String> names =
        count == 0 && told.isEmpty() ? List.of() : Splitter.on(':').splitToList(told);
    if (names.size() != count) {
      throw new IllegalStateException(
          NAMES + "=" + told + " has " + names.size() + " names for " + count + " descriptors");
    }
    return names;
  }

  /**
   * One that a parent has left open, such as 0 of inetd(8), or one whose number is an argument.
   *
   * @throws NixioException EBADF if it is not open
   */
  public static Inherited of(int fd) throws IOException {
    return of(UNKNOWN, fd);
  }

  private static Inherited of(String name, int fd) throws IOException {
    if (fd < 0) {
      throw new IllegalArgumentException("descriptor " + fd + " is negative");
    }
    Libc.require();
    int answer = Opening.closeOnExec(fd);
    if (answer < 0) {
      throw new NixioException("inherit descriptor " + fd, null, -answer);
    }
    return new Inherited(name, fd);
  }

  /** Takes the variables of {@link #all} out of a child's environment. */
  public static void hide(Map<String, String> environment) {
    environment.keySet().removeAll(List.of(FDS, PID, NAMES));
  }

  /**
   * Takes it over as a socket, once; see {@link Socket#adopt}.
   *
   * @throws NixioException ENOTSOCK if it is another thing; it stays open then
   */
  public Socket socket() throws IOException {
    return Socket.adopt(fd);
  }
}
