package nixio.bench.inside;

import java.util.concurrent.TimeUnit;
import nixio.bench.Measures;
import nixio.bench.Parent;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * JMH in a process of the benchmark's, so that one technique can take turns with others. Arguments:
 * the class, and its parameters as {@code name=value}. Asked with a number of milliseconds, it
 * measures for so long.
 */
final class Measured {
  private Measured() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("jmh.ignoreLock", "true");
    Parent.serve(Measures.of("ready", 1), question -> measure(args, Long.parseLong(question)));
  }

  private static Measures measure(String[] args, long milliseconds) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(args[0] + "\\.")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(milliseconds))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(CpuProfiler.class)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      options.param(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    RunResult result = new Runner(options.build()).runSingle();
    return Measures.of("time", result.getPrimaryResult().getScore())
        .with("cpu", secondary(result, CpuProfiler.CPU))
        .with("bytes", secondary(result, "gc.alloc.rate.norm"));
  }

  private static double secondary(RunResult result, String name) {
    return result.getSecondaryResults().get(name).getScore();
  }
}
