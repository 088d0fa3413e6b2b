package nixio.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of {@link Child}: who asks a program that was started by the benchmark. */
public final class Parent {
  /** What a program answers to a question. */
  @FunctionalInterface
  public interface Answer {
    Measures to(String question) throws Exception;
  }

  private Parent() {}

  /** Says that it is ready, and answers until the parent is gone; then the program ends. */
  public static void serve(Measures ready, Answer answer) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(ready);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer.to(line));
    }
    System.exit(0);
  }

  /** For servers: whatever is asked, the answer is the heap in use after a collection. */
  public static void serve(int port) throws Exception {
    serve(Measures.of("port", port), question -> Measures.of("heap", heap()));
  }

  private static double heap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.gc();
    return (double) (runtime.totalMemory() - runtime.freeMemory());
  }
}
