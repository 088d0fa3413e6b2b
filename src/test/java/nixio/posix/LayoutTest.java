package nixio.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nixio.posix.gen.linux.linux_h;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the generated bindings with C headers. Each size, offset and number becomes a static
 * assertion of a C program, and the compiler tells which don't hold. The program isn't run, so a
 * cross compiler serves as well.
 */
class LayoutTest {
  private static final Path JEXTRACT =
      Path.of(System.getProperty("basedir", "."), "jextract").toAbsolutePath();

  private static final List<String> NATIVE = List.of("cc", "gcc", "clang");

  /** The kernel appends fields to these: newer headers have a larger size. */
  private static final Set<String> GROWING = Set.of("tcp_info", "mptcp_info");

  private static final String OLD_ENOUGH =
      """
      #include <features.h>
      #include <linux/version.h>
      #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
      #error "the bindings were made from the kernel's headers of 6.1, and these are older"
      #endif
      """;

  @TempDir private Path folder;

  /** What differs from machine to machine has no bindings: see Epoll and Syscall. */
  static Stream<Arguments> machines() {
    Map<String, Integer> here =
        own(
            Epoll.EVENT_SIZE,
            Epoll.EVENT_DATA_OFFSET,
            Syscall.ACCEPT4,
            Syscall.CLOSE,
            Syscall.CONNECT,
            Syscall.RECVFROM,
            Syscall.SENDTO);
    return Stream.of(
        arguments(named("this machine", NATIVE), here),
        arguments(named("x86-64", List.of("x86_64-linux-gnu-gcc")), own(12, 4, 288, 3, 42, 45, 44)),
        arguments(
            named("aarch64", List.of("aarch64-linux-gnu-gcc")),
            own(16, 8, 242, 57, 203, 207, 206)));
  }

  private static Map<String, Integer> own(int... numbers) {
    return Map.of(
        "sizeof(struct epoll_event)", numbers[0],
        "offsetof(struct epoll_event, data)", numbers[1],
        "SYS_accept4", numbers[2],
        "SYS_close", numbers[3],
        "SYS_connect", numbers[4],
        "SYS_recvfrom", numbers[5],
        "SYS_sendto", numbers[6]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines")
  void numbersAreTheHeaders(List<String> compilers, Map<String, Integer> own) throws Exception {
    List<String> facts = new ArrayList<>();
    own.forEach((what, number) -> facts.add(what + " == " + number));
    facts.add("offsetof(struct epoll_event, events) == 0");
    facts.add("sizeof(struct ifreq) == " + Ethtool.IFREQ_SIZE);
    facts.add("offsetof(struct ifreq, ifr_data) == " + Ethtool.IFR_DATA_OFFSET);
    facts.addAll(facts());
    assertEquals("", String.join("\n", errors(compiler(compilers), program(facts))));
  }

  /** Were one of the numbers wrong, whichever it is, the test above would tell. */
  @Test
  void everyWrongNumberIsAnError() throws Exception {
    List<String> wrong = facts().stream().map(fact -> fact + " + 1").toList();
    List<String> errors = errors(compiler(List.of("gcc")), program(wrong)); // clang stops at 20
    assertEquals(wrong.size(), errors.size(), () -> String.join("\n", errors));
  }

  @Test
  void everyUnknownNameIsAnError() throws Exception {
    List<String> unknown =
        List.of(
            "sizeof(struct no_struct) == 8",
            "offsetof(struct iovec, no_field) == 8",
            "(int) (NO_CONSTANT) == 8");
    String compiler = compiler(NATIVE);
    for (String fact : unknown) {
      assertNotEquals(List.of(), errors(compiler, program(List.of(fact))), fact);
    }
  }

  @Test
  void bindingsHaveWhatWasAskedFor() throws Exception {
    assertSameNames(asked("struct|union|typedef"), structs().stream().map(Class::getSimpleName));
    assertSameNames(asked("constant"), constants().stream().map(Method::getName));
    assertSameNames(asked("function"), functions().stream());
  }

  @Test
  void functionsAreInTheLibrary() {
    assertAll(
        functions().stream()
            .map(name ->
                () -> {
                  MemorySegment address = (MemorySegment) value(linux_h.class, name + "$address");
                  assertNotEquals(MemorySegment.NULL, address, name);
                }));
  }

  /** A struct or union by value would be glibc's transparent union: see jextract/linux.h. */
  @Test
  void functionsTakeAndAnswerPlainValues() throws ReflectiveOperationException {
    for (String name : functions()) {
      var descriptor = (FunctionDescriptor) value(linux_h.class, name + "$descriptor");
      for (MemoryLayout argument : descriptor.argumentLayouts()) {
        assertTrue(argument instanceof ValueLayout, () -> name + descriptor);
      }
      descriptor
          .returnLayout()
          .ifPresent(answer -> assertTrue(answer instanceof ValueLayout, () -> name + descriptor));
    }
  }

  @Test
  void constantsAreThoseOfTheSameName() throws ReflectiveOperationException {
    for (Field constant : Constants.class.getFields()) {
      String name = constant.getName();
      assertEquals(value(linux_h.class, name), constant.get(null), name);
    }
  }

  /** What the bindings say, as C conditions that end in a number. */
  private static List<String> facts() throws Exception {
    List<String> facts = new ArrayList<>();
    for (String kind : List.of("struct", "union", "typedef")) {
      String tag = kind.equals("typedef") ? "" : kind + " ";
      for (String name : asked(kind)) {
        addFacts(facts, Class.forName(linux_h.class.getPackageName() + "." + name), tag + name);
      }
    }
    for (Method constant : constants()) {
      String type = constant.getReturnType().getName();
      assertTrue(Set.of("int", "long").contains(type), constant::toString);
      facts.add("(%s) (%s) == %s".formatted(type, constant.getName(), constant.invoke(null)));
    }
    return facts;
  }

  private static void addFacts(List<String> facts, Class<?> struct, String type)
      throws ReflectiveOperationException {
    var layout = (MemoryLayout) value(struct, "layout");
    if (!GROWING.contains(struct.getSimpleName())) {
      facts.add("sizeof(%s) == %d".formatted(type, layout.byteSize()));
    }
    facts.add("_Alignof(%s) == %d".formatted(type, layout.byteAlignment()));
    for (String field : namesEndingIn("$offset", struct)) {
      facts.add(
          "offsetof(%s, %s) == %d".formatted(type, field, (long) value(struct, field + "$offset")));
      long size = ((MemoryLayout) value(struct, field + "$layout")).byteSize();
      if (size > 0) { // else it is a flexible array, which has no size in C
        facts.add("sizeof(((%s *) 0)->%s) == %d".formatted(type, field, size));
      }
    }
    // A struct or union without a tag is a class inside, named after its field.
    for (Class<?> inner : struct.getDeclaredClasses()) {
      addFacts(facts, inner, "__typeof__(((%s *) 0)->%s)".formatted(type, inner.getSimpleName()));
    }
  }

  private static List<Class<?>> structs()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes =
        Path.of(linux_h.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String room = linux_h.class.getPackageName();
    List<Class<?>> structs = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes.resolve(room.replace('.', '/')))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.startsWith("linux_h") && !name.contains("$")) {
          structs.add(Class.forName(room + "." + name));
        }
      }
    }
    return structs;
  }

  private static List<Method> constants() {
    return Stream.of(linux_h.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !method.getName().contains("$"))
        .toList();
  }

  private static Set<String> functions() {
    return namesEndingIn("$address", linux_h.class);
  }

  private static Set<String> namesEndingIn(String suffix, Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .map(Method::getName)
        .filter(name -> name.endsWith(suffix))
        .map(name -> name.substring(0, name.length() - suffix.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Object value(Class<?> type, String method) throws ReflectiveOperationException {
    return type.getMethod(method).invoke(null);
  }

  private static Set<String> asked(String kind) throws IOException {
    return Pattern.compile("^--include-(?:" + kind + ") (\\S+)$", Pattern.MULTILINE)
        .matcher(Files.readString(JEXTRACT.resolve("linux.args")))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertSameNames(Set<String> asked, Stream<String> generated) {
    Set<String> names = generated.collect(Collectors.toSet());
    assertFalse(names.isEmpty());
    assertEquals(Set.of(), Sets.difference(asked, names), "asked for, not generated");
    assertEquals(Set.of(), Sets.difference(names, asked), "generated, not asked for");
  }

  private static String program(List<String> facts) {
    return facts.stream()
        .map(fact -> "_Static_assert(%s, \"%s\");\n".formatted(fact, fact))
        .collect(
            Collectors.joining(
                "", "#include \"linux.h\"\n#include <stddef.h>\n#include <sys/syscall.h>\n", ""));
  }

  /** The first of these that is installed, with headers that are new enough. */
  private String compiler(List<String> names) throws IOException, InterruptedException {
    String compiler = names.stream().filter(LayoutTest::isInstalled).findFirst().orElse(null);
    if (compiler == null) {
      abort("no C compiler: install " + String.join(" or ", names));
    }
    List<String> errors = errors(compiler, OLD_ENOUGH);
    assumeTrue(errors.isEmpty(), errors::toString);
    return compiler;
  }

  private static boolean isInstalled(String program) {
    return Pattern.compile(":")
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private List<String> errors(String compiler, String program)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("layout.c"), program);
    var command =
        new ProcessBuilder(
                compiler, "-std=gnu11", "-fsyntax-only", "-w", "-I" + JEXTRACT, "layout.c")
            .directory(folder.toFile());
    command.environment().put("LC_ALL", "C");
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    List<String> errors =
        Pattern.compile("^.*: (?:fatal )?error: .*$", Pattern.MULTILINE)
            .matcher(output)
            .results()
            .map(MatchResult::group)
            .toList();
    assertEquals(process.waitFor() == 0, errors.isEmpty(), output);
    return errors;
  }
}
