package nixio.it;

import nixio.it.peer.Failure;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** What the library threw, in a container. */
final class RemoteFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  RemoteFailure(String request, Failure failure) {
    super(request + ": " + failure);
    this.failure = failure;
  }

  /** Asserts that a call fails with an errno, and answers the failure. */
  static Failure errno(String errno, Executable call) {
    RemoteFailure thrown = Assertions.assertThrows(RemoteFailure.class, call);
    Assertions.assertEquals(errno, thrown.failure.errno(), thrown.getMessage());
    return thrown.failure;
  }

  /** Asserts that a call fails with an exception that has no errno. */
  static Failure kind(String kind, Executable call) {
    RemoteFailure thrown = Assertions.assertThrows(RemoteFailure.class, call);
    Assertions.assertEquals(kind, thrown.failure.kind(), thrown.getMessage());
    return thrown.failure;
  }

  static Failure timeout(Executable call) {
    return kind("SocketTimeoutException", call);
  }

  Failure failure() {
    return failure;
  }
}
