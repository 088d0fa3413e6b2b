package nixio.bench.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nixio.bench.Comparison;
import nixio.bench.Metric;
import nixio.bench.Setup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Frames from a pair of Ethernet devices, each read to its last byte. */
@Command(
    name = "packets",
    description = "Frames, each read to its last byte, in a network namespace; needs root.",
    mixinStandardHelpOptions = true)
public final class Packets implements Callable<Integer> {
  private static final List<Metric> METRICS =
      List.of(
          new Metric("cpu", "CPU of the reader per packet", "ns"),
          new Metric("packets", "packets in a round", ""));

  @Mixin Setup setup;

  @Option(
      names = "--rate",
      defaultValue = "150000",
      description = "Packets a second (${DEFAULT-VALUE}).")
  int rate;

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "64,1400",
      description = "Bytes of a frame (${DEFAULT-VALUE}).")
  List<Integer> sizes;

  @Override
  public Integer call() throws Exception {
    try (Wire wire = Wire.open()) {
      List<Comparison> comparisons = new ArrayList<>();
      for (int size : sizes) {
        comparisons.add(
            new Comparison("Frames of %d B, %,d a second".formatted(size, rate), METRICS)
                .with("nixio", () -> PacketsTrial.java(wire, "NixioRing", rate, size))
                .with("c", () -> PacketsTrial.c(wire, rate, size))
                .with("recvmmsg", () -> PacketsTrial.java(wire, "NixioMany", rate, size))
                .with("tcpdump", () -> new TcpdumpTrial(wire, rate, size)));
      }
      setup.compare(comparisons);
    }
    return 0;
  }
}
