package nixio;

import java.util.HashMap;
import java.util.Map;
import nixio.posix.Constants;

/**
 * Why a system call failed; see errno(3). Names that this system gives to one number alike (EAGAIN
 * and EWOULDBLOCK, EOPNOTSUPP and ENOTSUP) appear once.
 */
public enum Errno {
  /** Argument list too long. */
  E2BIG(Constants.E2BIG, "Argument list too long"),
  /** Permission denied. */
  EACCES(Constants.EACCES, "Permission denied"),
  /** Address already in use. */
  EADDRINUSE(Constants.EADDRINUSE, "Address already in use"),
  /** Cannot assign requested address. */
  EADDRNOTAVAIL(Constants.EADDRNOTAVAIL, "Cannot assign requested address"),
  /** Address family not supported by protocol. */
  EAFNOSUPPORT(Constants.EAFNOSUPPORT, "Address family not supported by protocol"),
  /** Resource temporarily unavailable. */
  EAGAIN(Constants.EAGAIN, "Resource temporarily unavailable"),
  /** Operation already in progress. */
  EALREADY(Constants.EALREADY, "Operation already in progress"),
  /** Bad file descriptor. */
  EBADF(Constants.EBADF, "Bad file descriptor"),
  /** Bad message. */
  EBADMSG(Constants.EBADMSG, "Bad message"),
  /** Device or resource busy. */
  EBUSY(Constants.EBUSY, "Device or resource busy"),
  /** Operation canceled. */
  ECANCELED(Constants.ECANCELED, "Operation canceled"),
  /** No child processes. */
  ECHILD(Constants.ECHILD, "No child processes"),
  /** Software caused connection abort. */
  ECONNABORTED(Constants.ECONNABORTED, "Software caused connection abort"),
  /** Connection refused. */
  ECONNREFUSED(Constants.ECONNREFUSED, "Connection refused"),
  /** Connection reset by peer. */
  ECONNRESET(Constants.ECONNRESET, "Connection reset by peer"),
  /** Resource deadlock avoided. */
  EDEADLK(Constants.EDEADLK, "Resource deadlock avoided"),
  /** Destination address required. */
  EDESTADDRREQ(Constants.EDESTADDRREQ, "Destination address required"),
  /** Numerical argument out of domain. */
  EDOM(Constants.EDOM, "Numerical argument out of domain"),
  /** Disk quota exceeded. */
  EDQUOT(Constants.EDQUOT, "Disk quota exceeded"),
  /** File exists. */
  EEXIST(Constants.EEXIST, "File exists"),
  /** Bad address. */
  EFAULT(Constants.EFAULT, "Bad address"),
  /** File too large. */
  EFBIG(Constants.EFBIG, "File too large"),
  /** Host is down. */
  EHOSTDOWN(Constants.EHOSTDOWN, "Host is down"),
  /** No route to host. */
  EHOSTUNREACH(Constants.EHOSTUNREACH, "No route to host"),
  /** Invalid or incomplete multibyte or wide character. */
  EILSEQ(Constants.EILSEQ, "Invalid or incomplete multibyte or wide character"),
  /** Operation now in progress. */
  EINPROGRESS(Constants.EINPROGRESS, "Operation now in progress"),
  /** Interrupted system call. */
  EINTR(Constants.EINTR, "Interrupted system call"),
  /** Invalid argument. */
  EINVAL(Constants.EINVAL, "Invalid argument"),
  /** Input/output error. */
  EIO(Constants.EIO, "Input/output error"),
  /** Transport endpoint is already connected. */
  EISCONN(Constants.EISCONN, "Transport endpoint is already connected"),
  /** Is a directory. */
  EISDIR(Constants.EISDIR, "Is a directory"),
  /** Too many levels of symbolic links. */
  ELOOP(Constants.ELOOP, "Too many levels of symbolic links"),
  /** Too many open files. */
  EMFILE(Constants.EMFILE, "Too many open files"),
  /** Too many links. */
  EMLINK(Constants.EMLINK, "Too many links"),
  /** Message too long. */
  EMSGSIZE(Constants.EMSGSIZE, "Message too long"),
  /** File name too long. */
  ENAMETOOLONG(Constants.ENAMETOOLONG, "File name too long"),
  /** Network is down. */
  ENETDOWN(Constants.ENETDOWN, "Network is down"),
  /** Network dropped connection on reset. */
  ENETRESET(Constants.ENETRESET, "Network dropped connection on reset"),
  /** Network is unreachable. */
  ENETUNREACH(Constants.ENETUNREACH, "Network is unreachable"),
  /** Too many open files in system. */
  ENFILE(Constants.ENFILE, "Too many open files in system"),
  /** No buffer space available. */
  ENOBUFS(Constants.ENOBUFS, "No buffer space available"),
  /** No data available. */
  ENODATA(Constants.ENODATA, "No data available"),
  /** No such device. */
  ENODEV(Constants.ENODEV, "No such device"),
  /** No such file or directory. */
  ENOENT(Constants.ENOENT, "No such file or directory"),
  /** Exec format error. */
  ENOEXEC(Constants.ENOEXEC, "Exec format error"),
  /** No locks available. */
  ENOLCK(Constants.ENOLCK, "No locks available"),
  /** Cannot allocate memory. */
  ENOMEM(Constants.ENOMEM, "Cannot allocate memory"),
  /** No message of desired type. */
  ENOMSG(Constants.ENOMSG, "No message of desired type"),
  /** Protocol not available. */
  ENOPROTOOPT(Constants.ENOPROTOOPT, "Protocol not available"),
  /** No space left on device. */
  ENOSPC(Constants.ENOSPC, "No space left on device"),
  /** Function not implemented. */
  ENOSYS(Constants.ENOSYS, "Function not implemented"),
  /** Block device required. */
  ENOTBLK(Constants.ENOTBLK, "Block device required"),
  /** Transport endpoint is not connected. */
  ENOTCONN(Constants.ENOTCONN, "Transport endpoint is not connected"),
  /** Not a directory. */
  ENOTDIR(Constants.ENOTDIR, "Not a directory"),
  /** Directory not empty. */
  ENOTEMPTY(Constants.ENOTEMPTY, "Directory not empty"),
  /** Socket operation on non-socket. */
  ENOTSOCK(Constants.ENOTSOCK, "Socket operation on non-socket"),
  /** Inappropriate ioctl for device. */
  ENOTTY(Constants.ENOTTY, "Inappropriate ioctl for device"),
  /** No such device or address. */
  ENXIO(Constants.ENXIO, "No such device or address"),
  /** Operation not supported. */
  EOPNOTSUPP(Constants.EOPNOTSUPP, "Operation not supported"),
  /** Value too large for defined data type. */
  EOVERFLOW(Constants.EOVERFLOW, "Value too large for defined data type"),
  /** Operation not permitted. */
  EPERM(Constants.EPERM, "Operation not permitted"),
  /** Protocol family not supported. */
  EPFNOSUPPORT(Constants.EPFNOSUPPORT, "Protocol family not supported"),
  /** Broken pipe. */
  EPIPE(Constants.EPIPE, "Broken pipe"),
  /** Protocol error. */
  EPROTO(Constants.EPROTO, "Protocol error"),
  /** Protocol not supported. */
  EPROTONOSUPPORT(Constants.EPROTONOSUPPORT, "Protocol not supported"),
  /** Protocol wrong type for socket. */
  EPROTOTYPE(Constants.EPROTOTYPE, "Protocol wrong type for socket"),
  /** Numerical result out of range. */
  ERANGE(Constants.ERANGE, "Numerical result out of range"),
  /** Read-only file system. */
  EROFS(Constants.EROFS, "Read-only file system"),
  /** Cannot send after transport endpoint shutdown. */
  ESHUTDOWN(Constants.ESHUTDOWN, "Cannot send after transport endpoint shutdown"),
  /** Socket type not supported. */
  ESOCKTNOSUPPORT(Constants.ESOCKTNOSUPPORT, "Socket type not supported"),
  /** Illegal seek. */
  ESPIPE(Constants.ESPIPE, "Illegal seek"),
  /** No such process. */
  ESRCH(Constants.ESRCH, "No such process"),
  /** Connection timed out. */
  ETIMEDOUT(Constants.ETIMEDOUT, "Connection timed out"),
  /** Text file busy. */
  ETOOMANYREFS(Constants.ETOOMANYREFS, "Too many references: cannot splice"),
  ETXTBSY(Constants.ETXTBSY, "Text file busy"),
  /** Invalid cross-device link. */
  EXDEV(Constants.EXDEV, "Invalid cross-device link");

  private static final Map<Integer, Errno> BY_NUMBER = new HashMap<>();

  static {
    for (Errno errno : values()) {
      BY_NUMBER.put(errno.number, errno);
    }
  }

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /**
   * The errno of a number.
   *
   * @return null for a number without a name here
   */
  public static Errno of(int number) {
    return BY_NUMBER.get(number);
  }

  /** The number on this system. */
  public int number() {
    return number;
  }

  /** What strerror(3) says, in English. */
  public String text() {
    return text;
  }
}
