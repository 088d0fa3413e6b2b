package nixio.tool;

import java.io.IOException;
import java.io.Serial;

/** No interface of this machine is as the row needs it. */
final class NoSuchInterfaceException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  NoSuchInterfaceException(String message) {
    super(message);
  }
}
