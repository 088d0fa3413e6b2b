package nixio;

import java.net.SocketException;
import nixio.posix.Constants;

/**
 * A system call failed. The message tells all that is known: {@code connect 192.0.2.1:80:
 * Connection refused (ECONNREFUSED, errno 111)}; where a right is missing, which one.
 */
public final class NixioException extends SocketException {
  private static final long serialVersionUID = 1;

  private final String operation;
  private final transient Address address;
  private final int number;
  private final long transferred;

  NixioException(String operation, Address address, int number, long transferred, String advice) {
    super(message(operation, address, number, transferred, advice));
    this.operation = operation;
    this.address = address;
    this.number = number;
    this.transferred = transferred;
  }

  NixioException(String operation, Address address, int number) {
    this(operation, address, number, 0, null);
  }

  private static String message(
      String operation, Address address, int number, long transferred, String advice) {
    StringBuilder message = new StringBuilder(operation);
    if (address != null) {
      message.append(' ').append(address);
    }
    Errno errno = Errno.of(number);
    message.append(": ").append(errno == null ? "failed" : errno.text()).append(" (");
    if (errno != null) {
      message.append(errno).append(", ");
    }
    message.append("errno ").append(number).append(')');
    if (transferred > 0) {
      message.append(", after ").append(transferred).append(" bytes");
    }
    if (advice != null) {
      message.append("; ").append(advice);
    }
    return message.toString();
  }

  /** A call on a socket that was closed before, or meanwhile. */
  static NixioException closed(String operation) {
    return closed(operation, 0);
  }

  static NixioException closed(String operation, long transferred) {
    return new NixioException(operation, null, Constants.EBADF, transferred, "socket closed");
  }

  /** The call that failed, by its name in the man pages; for options with the option's name. */
  public String operation() {
    return operation;
  }

  /** The address that the call was about, or null. */
  public Address address() {
    return address;
  }

  /** Why, or null for a number without a name here. */
  public Errno errno() {
    return Errno.of(number);
  }

  /** The system's number for it. */
  public int number() {
    return number;
  }

  /** How many bytes had been moved before, where a call moves them in several steps. */
  public long transferred() {
    return transferred;
  }
}
