package nixio.posix;

/**
 * Numbers of system calls for syscall(2), which each machine has its own of (asm/unistd.h), so that
 * one set of bindings can't hold them.
 *
 * <p>They are for what is called often. libc's functions of these names are cancellation points
 * (pthreads(7)): with more than one thread in the process they switch cancelling on and off again,
 * by two locked instructions, which costs more than all else that is done here. No thread of Java's
 * is ever cancelled.
 */
final class Syscall {
  private static final boolean X86 = System.getProperty("os.arch").equals("amd64");

  static final int ACCEPT4 = X86 ? 288 : 242;
  static final int CLOSE = X86 ? 3 : 57;
  static final int CONNECT = X86 ? 42 : 203;

  /** What recv(3) calls. */
  static final int RECVFROM = X86 ? 45 : 207;

  /** What send(3) calls. */
  static final int SENDTO = X86 ? 44 : 206;

  private Syscall() {}
}
