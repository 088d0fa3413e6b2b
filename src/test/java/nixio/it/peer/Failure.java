package nixio.it.peer;

import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import nixio.NixioException;

/**
 * What a caller of the library was thrown.
 *
 * @param kind the exception's class
 * @param errno its name, empty if there is none
 * @param operation the call that failed, empty if it is not known
 * @param address what the call was about, empty if it is not known
 * @param transferred how many bytes had gone before
 * @param message what a person reads
 * @param suppressed the messages of those suppressed in it
 */
public record Failure(
    String kind,
    String errno,
    String operation,
    String address,
    long transferred,
    String message,
    List<String> suppressed) {
  static Failure of(Throwable thrown) {
    String kind = thrown.getClass().getSimpleName();
    String message = String.valueOf(thrown.getMessage());
    List<String> suppressed =
        Arrays.stream(thrown.getSuppressed()).map(Throwable::getMessage).toList();
    return switch (thrown) {
      case NixioException e ->
          new Failure(
              kind,
              e.errno() == null ? Integer.toString(e.number()) : e.errno().name(),
              e.operation(),
              e.address() == null ? "" : e.address().toString(),
              e.transferred(),
              message,
              suppressed);
      case SocketTimeoutException e ->
          new Failure(kind, "", "", "", e.bytesTransferred, message, suppressed);
      default -> new Failure(kind, "", "", "", 0, message, suppressed);
    };
  }

  List<String> fields() {
    return List.of(
        kind, errno, operation, address, Long.toString(transferred), message, Line.of(suppressed));
  }

  /** The failure that was written as these fields. */
  public static Failure of(List<String> fields) {
    String suppressed = fields.get(6);
    return new Failure(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        Long.parseLong(fields.get(4)),
        fields.get(5),
        suppressed.isEmpty() ? List.of() : Line.fields(suppressed));
  }
}
