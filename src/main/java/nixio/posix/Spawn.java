package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import nixio.posix.gen.linux.__sigset_t;
import nixio.posix.gen.linux.linux_h;
import nixio.posix.gen.linux.posix_spawn_file_actions_t;
import nixio.posix.gen.linux.posix_spawnattr_t;

/** Processes: {@code <spawn.h>}, {@code <sys/wait.h>}. These functions answer 0 or an errno. */
public final class Spawn {
  /** Bytes of a posix_spawn_file_actions_t. */
  public static final long FILE_ACTIONS = posix_spawn_file_actions_t.sizeof();

  /** Bytes of a posix_spawnattr_t. */
  public static final long ATTRIBUTES = posix_spawnattr_t.sizeof();

  /** Bytes of a sigset_t. */
  public static final long SIGNALS = __sigset_t.sizeof();

  private Spawn() {}

  /** posix_spawnp(3): the pid goes into {@code pid}, an int. */
  public static int posixSpawnp(
      MemorySegment pid,
      MemorySegment file,
      MemorySegment actions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp) {
    try {
      return (int) PosixSpawnp.HANDLE.invokeExact(pid, file, actions, attributes, argv, envp);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawn_file_actions_init(3). */
  public static int fileActionsInit(MemorySegment actions) {
    try {
      return (int) FileActionsInit.HANDLE.invokeExact(actions);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawn_file_actions_destroy(3). */
  public static int fileActionsDestroy(MemorySegment actions) {
    try {
      return (int) FileActionsDestroy.HANDLE.invokeExact(actions);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawn_file_actions_adddup2(3). */
  public static int fileActionsAdddup2(MemorySegment actions, int fd, int becomes) {
    try {
      return (int) FileActionsAdddup2.HANDLE.invokeExact(actions, fd, becomes);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawn_file_actions_addclosefrom_np(3), of glibc 2.34. */
  public static int fileActionsAddclosefrom(MemorySegment actions, int lowest) {
    try {
      return (int) FileActionsAddclosefrom.HANDLE.invokeExact(actions, lowest);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawnattr_init(3). */
  public static int attributesInit(MemorySegment attributes) {
    try {
      return (int) AttributesInit.HANDLE.invokeExact(attributes);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawnattr_destroy(3). */
  public static int attributesDestroy(MemorySegment attributes) {
    try {
      return (int) AttributesDestroy.HANDLE.invokeExact(attributes);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawnattr_setflags(3). */
  public static int attributesSetflags(MemorySegment attributes, int flags) {
    try {
      return (int) AttributesSetflags.HANDLE.invokeExact(attributes, (short) flags);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** posix_spawnattr_setsigmask(3). */
  public static int attributesSetsigmask(MemorySegment attributes, MemorySegment signals) {
    try {
      return (int) AttributesSetsigmask.HANDLE.invokeExact(attributes, signals);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** sigemptyset(3). */
  public static int sigemptyset(MemorySegment signals) {
    try {
      return (int) Sigemptyset.HANDLE.invokeExact(signals);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** waitpid(2): the pid, or 0, or -errno; the status goes into {@code status}, an int. */
  public static int waitpid(MemorySegment errno, int pid, MemorySegment status, int options) {
    try {
      return Libc.answer((int) Waitpid.HANDLE.invokeExact(errno, pid, status, options), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class PosixSpawnp {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.posix_spawnp$address(), linux_h.posix_spawnp$descriptor());
  }

  private static final class FileActionsInit {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawn_file_actions_init$address(),
            linux_h.posix_spawn_file_actions_init$descriptor());
  }

  private static final class FileActionsDestroy {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawn_file_actions_destroy$address(),
            linux_h.posix_spawn_file_actions_destroy$descriptor());
  }

  private static final class FileActionsAdddup2 {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawn_file_actions_adddup2$address(),
            linux_h.posix_spawn_file_actions_adddup2$descriptor());
  }

  private static final class FileActionsAddclosefrom {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawn_file_actions_addclosefrom_np$address(),
            linux_h.posix_spawn_file_actions_addclosefrom_np$descriptor());
  }

  private static final class AttributesInit {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawnattr_init$address(), linux_h.posix_spawnattr_init$descriptor());
  }

  private static final class AttributesDestroy {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawnattr_destroy$address(),
            linux_h.posix_spawnattr_destroy$descriptor());
  }

  private static final class AttributesSetflags {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawnattr_setflags$address(),
            linux_h.posix_spawnattr_setflags$descriptor());
  }

  private static final class AttributesSetsigmask {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.posix_spawnattr_setsigmask$address(),
            linux_h.posix_spawnattr_setsigmask$descriptor());
  }

  private static final class Sigemptyset {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.sigemptyset$address(), linux_h.sigemptyset$descriptor());
  }

  private static final class Waitpid {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.waitpid$address(), linux_h.waitpid$descriptor());
  }
}
