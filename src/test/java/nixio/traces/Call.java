package nixio.traces;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/**
 * A call in Lua's terms.
 *
 * @param room {@code nixio}, {@code meta}, {@code proc}, or empty for the method of an object
 * @param self the object, or null
 */
record Call(String room, Object self, String fn, List<Object> args) {

  /** Something that {@code ()} calls. */
  @FunctionalInterface
  interface Callable {
    Outcome call(Arguments arguments) throws IOException;
  }

  /** A function of the module nixio. */
  boolean nixio(String name) {
    return room.equals("nixio") && fn.equals(name);
  }

  /** A method of a socket. */
  boolean method(String... names) {
    return self instanceof Socket && List.of(names).contains(fn);
  }

  boolean setsOption() {
    return method("setopt", "setsockopt");
  }

  boolean getsOption() {
    return method("getopt", "getsockopt");
  }

  /** {@code level.option}, or empty where the call names none. */
  String option() {
    boolean named =
        (setsOption() || getsOption()) && get(0) instanceof String && get(1) instanceof String;
    return named ? get(0) + "." + get(1) : "";
  }

  Object get(int index) {
    return index < args.size() ? args.get(index) : null;
  }

  /** The socket's domain, where self is a socket that is still open. */
  Optional<Domain> domain() {
    return self instanceof Socket socket && socket.isOpen()
        ? Optional.of(socket.domain())
        : Optional.empty();
  }

  boolean unix() {
    return domain().filter(Domain.UNIX::equals).isPresent();
  }

  boolean stream() {
    return self instanceof Socket socket && socket.isOpen() && socket.type().equals(Type.STREAM);
  }

  Call with(List<Object> changed) {
    return new Call(room, self, fn, Collections.unmodifiableList(changed));
  }

  Call with(int index, Object value) {
    List<Object> changed = new ArrayList<>(args);
    while (changed.size() <= index) {
      changed.add(null);
    }
    changed.set(index, value);
    return with(changed);
  }
}
