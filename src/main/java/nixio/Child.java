package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import nixio.io.Closing;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Recent;
import nixio.posix.Spawn;

/**
 * A program that has a socket for its standard input and output, as inetd(8) starts it; {@link
 * ProcessBuilder} has pipes and files alone. See posix_spawn(3).
 *
 * {@snippet file="MessagesExample.java" region="child"}
 *
 * <p>The program gets a duplicate: the socket stays the caller's, who closes it to leave it to the
 * program alone. It should be a blocking one, as programs expect. Standard error is this process's;
 * every other descriptor is closed in the program, no signal is blocked, and the variables of a
 * service manager, {@link Inherited}, are not passed on.
 */
public final class Child {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private final ProcessHandle handle;
  private final CompletableFuture<Integer> end;

  private Child(int pid) {
    this.handle = ProcessHandle.of(pid).orElseThrow();
    this.end = handle.onExit().thenApply(gone -> reap(pid));
  }

  /**
   * Starts a program, with this process's environment.
   *
   * @param command the program, a path or a name to be found by this process's PATH, and its
   *     arguments
   * @throws NixioException ENOENT, EACCES, E2BIG and others, if it can't be started; EBADF if the
   *     socket is closed
   */
  public static Child start(Socket socket, String... command) throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    Inherited.hide(environment);
    return start(socket, List.of(command), environment);
  }

  /**
   * Starts a program, with an environment of its own.
   *
   * @throws IllegalArgumentException if the command is empty, or anything has a NUL, or a
   *     variable's name an equals sign
   */
  public static Child start(Socket socket, List<String> command, Map<String, String> environment)
      throws IOException {
    Libc.require();
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the command is empty: a program is needed");
    }
    List<String> variables = new ArrayList<>();
    environment.forEach((name, value) -> variables.add(variable(name, value)));
    for (String word : command) {
      demandNoNul(word);
    }
    int fd = Objects.requireNonNull(socket, "socket").lend();
    try (Arena arena = Arena.ofConfined()) {
      return new Child(spawn(arena, fd, command, variables));
    } finally {
      Closing.abandon(fd);
    }
  }

  private static String variable(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of a variable");
    }
    demandNoNul(name);
    demandNoNul(value);
    return name + "=" + value;
  }

  private static void demandNoNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("\"" + text.replace("\0", "\\0") + "\" has a NUL");
    }
  }

  private static int spawn(Arena arena, int fd, List<String> command, List<String> variables)
      throws NixioException {
    String call = "posix_spawn " + command.getFirst();
    MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
    MemorySegment actions = arena.allocate(Spawn.FILE_ACTIONS, Long.BYTES);
    MemorySegment attributes = arena.allocate(Spawn.ATTRIBUTES, Long.BYTES);
    MemorySegment signals = arena.allocate(Spawn.SIGNALS, Long.BYTES);
    demand(call, Spawn.fileActionsInit(actions));
    try {
      demand(call, Spawn.fileActionsAdddup2(actions, fd, STDIN));
      demand(call, Spawn.fileActionsAdddup2(actions, fd, STDOUT));
      demand(call, Spawn.fileActionsAddclosefrom(actions, STDERR + 1));
      demand(call, Spawn.attributesInit(attributes));
      try {
        Spawn.sigemptyset(signals);
        demand(call, Spawn.attributesSetsigmask(attributes, signals));
        demand(call, Spawn.attributesSetflags(attributes, Constants.POSIX_SPAWN_SETSIGMASK));
        MemorySegment file = arena.allocateFrom(command.getFirst());
        MemorySegment argv = strings(arena, command);
        MemorySegment envp = strings(arena, variables);
        demand(call, Spawn.posixSpawnp(pid, file, actions, attributes, argv, envp));
        return pid.get(ValueLayout.JAVA_INT, 0);
      } finally {
        Spawn.attributesDestroy(attributes);
      }
    } finally {
      Spawn.fileActionsDestroy(actions);
    }
  }

  private static MemorySegment strings(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }

  private static void demand(String call, int number) throws NixioException {
    if (number != 0) {
      throw new NixioException(call, null, number);
    }
  }

  private static int reap(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, Long.BYTES);
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      int answer = Spawn.waitpid(errno, pid, status, Constants.WNOHANG);
      if (answer != pid) {
        throw new CompletionException(new NixioException("waitpid " + pid, null, -answer));
      }
      return Recent.exitCode(status.get(ValueLayout.JAVA_INT, 0));
    }
  }

  /** The process. */
  public ProcessHandle handle() {
    return handle;
  }

  /**
   * The exit code, when the process has ended: 0..255, or 128 and the number of the signal that has
   * ended it.
   */
  public CompletableFuture<Integer> onExit() {
    return end.copy();
  }

  /**
   * Waits until the process has ended; a virtual thread parks.
   *
   * @return the exit code: 0..255, or 128 and the number of the signal that has ended it
   */
  public int waitFor() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public String toString() {
    return "child " + handle.pid();
  }
}
