package nixio.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import nixio.Errno;
import nixio.NixioException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example prints what the comments behind its prints say. */
class ExamplesTest {
  /** The user has no right, or the kernel is older than what the example shows. */
  private static final Set<Errno> NOT_HERE =
      EnumSet.of(Errno.EPERM, Errno.ENOPROTOOPT, Errno.EPROTONOSUPPORT);

  static List<Region> regions() {
    return Region.all().stream().filter(region -> region.method() != null).toList();
  }

  @ParameterizedTest
  @MethodSource("regions")
  void printsWhatItSays(Region region) throws Exception {
    List<String> expected = region.results();
    assertFalse(expected.isEmpty(), "an example without a result");
    List<String> printed = run(region);
    assertEquals(expected.size(), printed.size(), printed::toString);
    for (int i = 0; i < expected.size(); i++) {
      String line = printed.get(i);
      String result = expected.get(i);
      String pattern = "\\Q" + result.replace("...", "\\E.*\\Q") + "\\E";
      assertTrue(Pattern.matches(pattern, line), () -> "said " + result + ", printed " + line);
    }
  }

  private static List<String> run(Region region) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Method method =
        Class.forName(region.className()).getDeclaredMethod(region.method(), PrintStream.class);
    try {
      method.invoke(null, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    } catch (InvocationTargetException e) {
      assumeFalse(
          e.getCause() instanceof NixioException refused && NOT_HERE.contains(refused.errno()),
          () -> e.getCause().getMessage());
      throw e;
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
