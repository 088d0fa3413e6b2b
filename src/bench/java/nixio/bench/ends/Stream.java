package nixio.bench.ends;

import java.util.List;
import nixio.bench.Metric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Blocks in one direction, as fast as they go. */
@Command(
    name = "stream",
    description = "Blocks in one direction, between two processes.",
    mixinStandardHelpOptions = true)
public final class Stream extends TwoEnds {
  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "4096,65536,1048576",
      description = "Sizes of a block, in bytes (${DEFAULT-VALUE}).")
  List<Integer> sizes;

  public Stream() {
    super("stream");
  }

  @Override
  List<Integer> sizes() {
    return sizes;
  }

  @Override
  List<Metric> metrics() {
    return List.of(
        new Metric("rate", "blocks", "/s"), new Metric("cpu", "CPU of both per block", "ns"));
  }
}
