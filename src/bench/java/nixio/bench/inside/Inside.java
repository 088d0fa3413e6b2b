package nixio.bench.inside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nixio.bench.Child;
import nixio.bench.Comparison;
import nixio.bench.Measures;
import nixio.bench.Metric;
import nixio.bench.Setup;
import nixio.bench.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What happens inside a process, in one thread, measured by JMH. */
@Command(
    name = "inside",
    description = "What happens inside a process, in one thread, measured by JMH.",
    mixinStandardHelpOptions = true)
public final class Inside implements Callable<Integer> {
  private static final int CORE = 0;
  private static final String C_ONE_BY_ONE = "c-one-by-one";

  private static final List<Metric> METRICS =
      List.of(
          new Metric("cpu", "CPU per operation", "ns"),
          new Metric("time", "time of an operation", "ns"),
          new Metric("bytes", "bytes allocated per operation", "B", false));

  /**
   * A work.
   *
   * @param benchmark its class
   * @param parameters its parameters, but for the technique
   */
  private record Work(
      String title, Class<?> benchmark, List<String> parameters, List<String> techniques) {
    Comparison comparison() {
      Comparison comparison = new Comparison(title, METRICS);
      for (String technique : techniques) {
        comparison.with(technique, () -> start(technique));
      }
      return comparison;
    }

    private Trial start(String technique) throws IOException {
      List<Object> arguments = new ArrayList<>(parameters);
      if (technique.equals("c") || technique.equals(C_ONE_BY_ONE)) {
        Class<?> work = technique.equals("c") ? benchmark : DatagramsOneByOne.class;
        arguments.addFirst(work.getSimpleName());
        return new JmhTrial(Child.c(CORE, "inside", arguments.toArray()));
      }
      arguments.addFirst(benchmark.getName());
      arguments.add("technique=" + technique);
      String main = Measured.class.getName();
      return new JmhTrial(Child.java(CORE, List.of("-Xmn64m"), main, arguments.toArray()));
    }
  }

  private record JmhTrial(Child child) implements Trial {
    @Override
    public Measures round(double seconds) throws IOException {
      return child.ask("" + Math.round(1000 * seconds));
    }

    @Override
    public void close() throws IOException {
      child.close();
    }
  }

  private static final List<String> TCP = List.of("nixio", "c", "jdk", "jdk-socket", "netty-jni");
  private static final List<String> UNIX = List.of("nixio", "c", "jdk", "junixsocket", "netty-jni");
  private static final List<String> ASKED = List.of("nixio", "c", "jdk", "netty-jni");

  private static final String NETTY = "netty-epoll";

  private static final List<String> ONE_BY_ONE = with(ASKED, NETTY);

  private static final List<String> TOGETHER =
      List.of("nixio", "c", C_ONE_BY_ONE, "jdk", "netty-jni", NETTY);

  private static final Map<String, Work> WORKS = new LinkedHashMap<>();

  static {
    add("nothing-tcp", "a receive that finds nothing, TCP", Nothing.class, ASKED, "kind=tcp");
    add("nothing-unix", "a receive that finds nothing, UNIX", Nothing.class, UNIX, "kind=unix");
    add("exchange-tcp", "64 B sent and received, TCP", Exchange.class, TCP, "kind=tcp", "size=64");
    add(
        "exchange-unix",
        "64 B sent and received, UNIX",
        Exchange.class,
        UNIX,
        "kind=unix",
        "size=64");
    add(
        "datagrams",
        "datagrams of 64 B one by one, UDP",
        DatagramsOneByOne.class,
        ONE_BY_ONE,
        "size=64");
    add(
        "datagrams-1k",
        "datagrams of 1 KiB one by one, UDP",
        DatagramsOneByOne.class,
        ONE_BY_ONE,
        "size=1024");
    add(
        "batches",
        "a datagram of 64 B, 64 sent and received together, UDP",
        Batches.class,
        TOGETHER,
        "size=64");
    add(
        "batches-1k",
        "a datagram of 1 KiB, 64 sent and received together, UDP",
        Batches.class,
        TOGETHER,
        "size=1024");
    add(
        "segments",
        "a datagram of 64 B, 128 sent as one and received as one, UDP",
        Segments.class,
        TOGETHER,
        "size=64");
    add(
        "segments-1k",
        "a datagram of 1 KiB, 32 sent as one and received as one, UDP",
        Segments.class,
        TOGETHER,
        "size=1024");
    add(
        "control",
        "a datagram of 64 B, 32 received together, with its control messages",
        ControlMessages.class,
        List.of("decoded", "received", "none"),
        "size=64");
    add(
        "connections-tcp",
        "connect, accept, close, TCP",
        Connections.class,
        with(TCP, NETTY),
        "kind=tcp");
    add(
        "connections-unix",
        "connect, accept, close, UNIX",
        Connections.class,
        with(UNIX, NETTY),
        "kind=unix");
    add(
        "alignment",
        "64 KiB received where a page begins, or behind, UNIX",
        Alignment.class,
        List.of("page", "page+16", "page+64"));
  }

  private static List<String> with(List<String> techniques, String another) {
    return Stream.concat(techniques.stream(), Stream.of(another)).toList();
  }

  private static void add(
      String name,
      String title,
      Class<?> benchmark,
      List<String> techniques,
      String... parameters) {
    WORKS.put(name, new Work(title, benchmark, List.of(parameters), techniques));
  }

  @Mixin Setup setup;

  @Parameters(
      description = "Works; all by default: ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  List<String> works = List.of();

  /** The names of all works. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return WORKS.keySet().iterator();
    }
  }

  @Override
  public Integer call() throws Exception {
    List<Comparison> comparisons = new ArrayList<>();
    for (String name : works.isEmpty() ? WORKS.keySet() : works) {
      Work work = WORKS.get(name);
      if (work == null) {
        throw new IllegalArgumentException(name + " is none of " + WORKS.keySet());
      }
      comparisons.add(work.comparison());
    }
    setup.compare(comparisons);
    return 0;
  }
}
