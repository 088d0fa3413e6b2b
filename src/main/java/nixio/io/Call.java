package nixio.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.Constants;
import nixio.posix.SysSocket;

/**
 * A system call that moves data or may have to wait, so that the policy of waiting is written once
 * for all of them. Each takes of the arguments what it needs; an offset only those that need one.
 */
@FunctionalInterface
interface Call {
  long invoke(
      Frame frame,
      int fd,
      MemorySegment buffer,
      long offset,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength);

  Call RECV = (f, fd, b, o, n, flags, a, al) -> SysSocket.recv(f.errno, fd, b, o, n, flags);

  Call RECVFROM =
      (f, fd, b, o, n, flags, a, al) -> {
        al.set(ValueLayout.JAVA_INT, 0, (int) a.byteSize());
        return SysSocket.recvfrom(f.errno, fd, b, n, flags, a, al);
      };

  Call SEND = (f, fd, b, o, n, flags, a, al) -> SysSocket.send(f.errno, fd, b, o, n, flags);

  Call SENDTO =
      (f, fd, b, o, n, flags, a, al) ->
          SysSocket.sendto(f.errno, fd, b, n, flags, a, al.get(ValueLayout.JAVA_INT, 0));

  Call ACCEPT =
      new Flagless((f, fd, b, o, n, flags, a, al) -> {
        al.set(ValueLayout.JAVA_INT, 0, (int) a.byteSize());
        return SysSocket.accept4(f.errno, fd, a, al, Constants.SOCK_CLOEXEC);
      });

  /** {@code b} is an array of messages; {@code o} the first of them, {@code n} how many. */
  Call SENDMMSG =
      (f, fd, b, o, n, flags, a, al) -> SysSocket.sendmmsg(f.errno, fd, b, o, (int) n, flags);

  Call RECVMMSG =
      (f, fd, b, o, n, flags, a, al) -> SysSocket.recvmmsg(f.errno, fd, b, (int) n, flags);

  Call SENDMSG = (f, fd, b, o, n, flags, a, al) -> SysSocket.sendmsg(f.errno, fd, b, o, flags);

  Call RECVMSG = (f, fd, b, o, n, flags, a, al) -> SysSocket.recvmsg(f.errno, fd, b, flags);
}
