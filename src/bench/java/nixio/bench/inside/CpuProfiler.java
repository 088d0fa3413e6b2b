package nixio.bench.inside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import nixio.bench.Cpu;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** The processor time of an operation, of all threads of the process. */
public final class CpuProfiler implements InternalProfiler {
  static final String CPU = "cpu";

  private double before;

  @Override
  public String getDescription() {
    return "Processor time per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = nanos();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double perOperation = (nanos() - before) / result.getMetadata().getAllOps();
    return List.of(new ScalarResult(CPU, perOperation, "ns/op", AggregationPolicy.AVG));
  }

  private static double nanos() {
    try {
      return Cpu.nanos("self");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
