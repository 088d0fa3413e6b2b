package nixio.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Puts the names of one test in the place of PATH, NAME and PORT. */
final class Words {
  private final String path;
  private final String name;

  Words(Path directory) {
    this.path = directory.resolve("socket").toString();
    this.name = "nixio-test-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  String fill(String words) {
    return words.replace("PATH", path).replace("NAME", name);
  }

  /** The port at the end of an address that a program has printed. */
  String port(String address) {
    return address.replaceFirst(".*\\D(?=\\d+\"?$)", "");
  }

  String[] listening(CatSocatTest.Kind kind) {
    return arguments(Stream.of("-l", "-v"), kind, kind.address().stream());
  }

  String[] calling(CatSocatTest.Kind kind, String port) {
    Stream<String> address = kind.address().stream().map(word -> word.equals("0") ? port : word);
    return arguments(Stream.of("-v"), kind, address);
  }

  private String[] arguments(Stream<String> first, CatSocatTest.Kind kind, Stream<String> address) {
    List<String> arguments = new ArrayList<>(List.of("cat"));
    first.forEach(arguments::add);
    arguments.addAll(kind.ours());
    if (kind.isDatagram()) {
      arguments.add("-q0.2");
    }
    address.map(this::fill).forEach(arguments::add);
    return arguments.toArray(String[]::new);
  }
}
