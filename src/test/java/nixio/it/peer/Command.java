package nixio.it.peer;

import java.io.IOException;
import java.util.List;

/** Something that a test can have done. */
@FunctionalInterface
interface Command {
  List<String> run(Arguments arguments) throws IOException;
}
