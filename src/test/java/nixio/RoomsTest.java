package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use whom: the rooms, and the doors between them. The JDK's jdeps reads the classes. */
class RoomsTest {
  /** What each room may use besides itself and java.*; a dot at the end is for subpackages too. */
  private static final Map<String, List<String>> ROOMS =
      Map.of(
          "nixio", List.of("nixio.io", "nixio.posix", "com.google.common.", "jdk.net.", "jdk.jfr."),
          "nixio.io", List.of("nixio.posix", "jdk.jfr."),
          "nixio.posix", List.of("nixio.posix.gen.linux"),
          "nixio.posix.gen.linux", List.of(),
          "nixio.packet", List.of("nixio", "nixio.posix"),
          "nixio.netlink", List.of("nixio", "nixio.posix"),
          "nixio.net", List.of("nixio", "nixio.posix"),
          "nixio.tool", List.of("nixio", "nixio.packet", "picocli.", "com.sun.management"));

  private static final Set<String> LINKING =
      Set.of("java.lang.foreign.Linker", "java.lang.foreign.SymbolLookup");

  private final Path root = root();

  /** One class uses another: a line of jdeps. */
  private record Use(String user, String used) {
    private static final Pattern LINE =
        Pattern.compile("^ +(\\S+) +-> (\\S+) .*$", Pattern.MULTILINE);

    static List<Use> parse(String output) {
      return LINE.matcher(output).results().map(m -> new Use(m.group(1), m.group(2))).toList();
    }

    boolean isAllowed() {
      String room = packageOf(user);
      List<String> doors = ROOMS.get(room);
      if (doors == null) {
        return false;
      }
      if (LINKING.contains(outermost(used))) {
        return outermost(user).equals("nixio.posix.Libc") || room.equals("nixio.posix.gen.linux");
      }
      String target = packageOf(used);
      return target.equals(room)
          || (target + ".").startsWith("java.")
          || doors.contains(target)
          || doors.stream().anyMatch(door -> door.endsWith(".") && (target + ".").startsWith(door));
    }

    private static String outermost(String name) {
      return name.replaceFirst("\\$.*", "");
    }

    private static String packageOf(String name) {
      return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
  }

  @Test
  void roomsKeepToTheirDoors() throws IOException {
    Set<String> classes = classes();
    List<Use> uses = Use.parse(jdeps(classes));

    // All were read and understood: every class uses at least its superclass.
    assertEquals(
        classes, uses.stream().map(Use::user).collect(Collectors.toCollection(TreeSet::new)));
    assertEquals(List.of(), uses.stream().filter(use -> !use.isAllowed()).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nixio.Socket -> nixio.io.Descriptor",
        "nixio.Socket -> nixio.posix.Constants",
        "nixio.Socket$1 -> nixio.Socket",
        "nixio.Option -> com.google.common.collect.ImmutableMap",
        "nixio.io.Poller -> nixio.posix.Epoll",
        "nixio.io.Poller -> java.util.concurrent.locks.LockSupport",
        "nixio.posix.SysSocket -> nixio.posix.gen.linux.linux_h",
        "nixio.posix.Libc -> java.lang.foreign.Linker$Option",
        "nixio.posix.gen.linux.linux_h -> java.lang.foreign.SymbolLookup",
        "nixio.packet.Ring -> nixio.Socket",
        "nixio.packet.Ring -> nixio.posix.Structs",
        "nixio.net.NixioChannel -> nixio.Socket",
        "nixio.tool.Main -> nixio.Socket",
        "nixio.tool.Main -> picocli.CommandLine$Command",
      })
  void doorIsOpen(String line) {
    assertEquals(
        List.of(true),
        Use.parse("   " + line + "   where\n").stream().map(Use::isAllowed).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nixio.Socket -> nixio.posix.gen.linux.linux_h",
        "nixio.Socket -> java.lang.foreign.Linker",
        "nixio.Socket$1 -> java.lang.foreign.Linker$Option",
        "nixio.Socket -> java.lang.foreign.SymbolLookup",
        "nixio.Socket -> nixio.packet.Ring",
        "nixio.Socket -> nixio.net.NixioChannel",
        "nixio.Socket -> nixio.tool.Main",
        "nixio.Socket -> picocli.CommandLine",
        "nixio.Socket -> sun.misc.Unsafe",
        "nixio.io.Descriptor -> nixio.Socket",
        "nixio.io.Descriptor -> nixio.posix.gen.linux.iovec",
        "nixio.io.Descriptor -> com.google.common.base.Preconditions",
        "nixio.posix.SysSocket -> nixio.Errno",
        "nixio.posix.SysSocket -> java.lang.foreign.Linker",
        "nixio.posix.SysSocket -> nixio.io.Descriptor",
        "nixio.posix.SysSocket -> com.google.common.base.Preconditions",
        "nixio.posix.gen.linux.iovec -> nixio.posix.Libc",
        "nixio.packet.Ring -> nixio.io.Descriptor",
        "nixio.packet.Ring -> nixio.posix.gen.linux.linux_h",
        "nixio.net.NixioChannel -> nixio.packet.Ring",
        "nixio.tool.Main -> nixio.posix.Unistd",
        "nixio.tool.Main -> com.google.common.io.Files",
        "nixio.attic.Thing -> java.lang.Object",
      })
  void doorIsShut(String line) {
    assertEquals(
        List.of(false),
        Use.parse("   " + line + "   where\n").stream().map(Use::isAllowed).toList());
  }

  @Test
  void theApiAloneIsExported() throws IOException {
    try (InputStream module = Files.newInputStream(root.resolve("module-info.class"))) {
      assertEquals(
          Set.of("nixio", "nixio.netlink", "nixio.packet"),
          ModuleDescriptor.read(module).exports().stream()
              .filter(exports -> !exports.isQualified())
              .map(ModuleDescriptor.Exports::source)
              .collect(Collectors.toSet()));
    }
  }

  private static Path root() {
    return Path.of(
        URI.create(Socket.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /**
   * Runs jdeps on the files one by one: given the folder, it would take it for a module, and ask
   * for all modules that it requires.
   */
  private String jdeps(Set<String> classes) {
    Stream<String> files =
        classes.stream().map(name -> root.resolve(name.replace('.', '/') + ".class").toString());
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.concat(Stream.of("-verbose:class"), files).toArray(String[]::new));
    assertEquals("", err.toString());
    assertEquals(0, status, out::toString);
    return out.toString();
  }
}
