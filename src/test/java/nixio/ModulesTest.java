package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Preconditions;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's program on the class path and on the module path, with and without native access. */
class ModulesTest {
  /** What a user writes; each argument is a first use of the library. */
  private static final String PROGRAM =
      """
      package user;

      import java.lang.foreign.*;
      import java.time.Duration;
      import nixio.*;

      public class Main {
        public static void main(String[] args) throws Exception {
          switch (args[0]) {
            case "pair" -> pair();
            case "open" -> Socket.open(Domain.INET, Type.STREAM).close();
            case "adopt" -> Socket.adopt(0).close();
            case "bind" -> Nixio.bind("127.0.0.1", 0).close();
            case "connect" -> Nixio.connect("127.0.0.1", "1").close();
            case "getaddrinfo" -> Nixio.getaddrinfo("127.0.0.1");
            case "getnameinfo" -> Nixio.getnameinfo("127.0.0.1", null, Duration.ofSeconds(9));
            case "getifaddrs" -> Nixio.getifaddrs();
            case "interface" -> Interface.of("lo");
            case "address" -> Address.parse("[fe80::1%lo]:80").toString();
            case "buffer" -> new AddressBuffer().set(Address.parse("127.0.0.1:80")).address();
            case "option" -> Option.of("socket", "rcvbuf").number();
            case "poll" -> new Poll().poll(Duration.ZERO);
            default -> throw new IllegalArgumentException(args[0]);
          }
          System.out.println("done");
        }

        private static void pair() throws Exception {
          try (Pair pair = Socket.pair(Domain.of("unix"), Type.STREAM);
              Arena arena = Arena.ofConfined()) {
            pair.first().setopt("socket", "rcvtimeo", 9).send(arena.allocateFrom("hello"));
            System.out.println(pair.second().recv(arena, 99).getString(0));
          }
        }
      }
      """;

  private static final String DENY = "--illegal-native-access=deny";
  private static final String GRANT = "--enable-native-access=";

  @TempDir private static Path directory;

  enum Way {
    CLASS_PATH("ALL-UNNAMED") {
      @Override
      List<String> options() {
        return List.of("-cp", paths(directory.resolve("unnamed")), "user.Main");
      }
    },
    MODULE_PATH("nixio") {
      @Override
      List<String> options() {
        return List.of("-p", paths(directory.resolve("named")), "-m", "user/user.Main");
      }
    };

    private final String module;

    Way(String module) {
      this.module = module;
    }

    abstract List<String> options();
  }

  private static String paths(Path... users) {
    Stream<Path> libraries =
        Stream.of(Socket.class, Preconditions.class, InternalFutureFailureAccess.class)
            .map(ModulesTest::origin);
    return Stream.concat(Stream.of(users), libraries)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path origin(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  @BeforeAll
  static void compile() throws Exception {
    Path main = Files.writeString(directory.resolve("Main.java"), PROGRAM);
    Path module =
        Files.writeString(directory.resolve("module-info.java"), "module user { requires nixio; }");
    javac("-d", directory.resolve("unnamed"), "-cp", paths(), main);
    javac("-d", directory.resolve("named"), "-p", paths(), main, module);
  }

  private static void javac(Object... arguments) {
    String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    assertEquals(
        0, ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, words));
  }

  private static Forked run(Way way, String call, String... options) throws Exception {
    List<String> command = new ArrayList<>(Forked.java(options));
    command.addAll(way.options());
    command.add(call);
    return Forked.run(directory, command);
  }

  private static void assumeDenies() {
    assumeTrue(Runtime.version().feature() >= 24, "this JDK has no --illegal-native-access");
  }

  @ParameterizedTest
  @EnumSource
  void worksWithTheGrantAlone(Way way) throws Exception {
    assumeDenies();
    Forked run = run(way, "pair", DENY, GRANT + way.module);
    assertEquals(List.of("hello", "done"), run.lines());
    assertEquals("", run.errors());
  }

  @ParameterizedTest
  @EnumSource
  void theDefaultWarnsWithTheOption(Way way) throws Exception {
    Forked run = run(way, "pair");
    assertEquals(List.of("hello", "done"), run.lines());
    assertTrue(run.errors().contains(GRANT + way.module + " "), run::errors);
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheGrantTheFirstCallTellsTheOption(Way way) throws Exception {
    assumeDenies();
    assertRefused(way, run(way, "open", DENY));
  }

  /** Whichever call it is; some of these may not need native code. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pair",
        "adopt",
        "bind",
        "connect",
        "getaddrinfo",
        "getnameinfo",
        "getifaddrs",
        "interface",
        "address",
        "buffer",
        "option",
        "poll"
      })
  void eachFirstCallTellsTheOption(String call) throws Exception {
    assumeDenies();
    Forked run = run(Way.CLASS_PATH, call, DENY);
    if (!run.out().equals("done\n")) {
      assertRefused(Way.CLASS_PATH, run);
    }
  }

  private static void assertRefused(Way way, Forked run) {
    assertFalse(run.exit() == 0, run::toString);
    String first = run.errors().lines().findFirst().orElse("");
    assertTrue(first.contains(IllegalCallerException.class.getName()), run::errors);
    assertTrue((first + " ").contains(GRANT + way.module + " "), run::errors);
  }
}
