package nixio.bench.packets;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nixio.bench.Child;
import nixio.bench.Cpu;
import nixio.bench.Measures;
import nixio.bench.Trial;

/** Someone who sends, and tcpdump, which reads in libpcap's ring and writes to /dev/null. */
final class TcpdumpTrial implements Trial {
  private static final Pattern CAPTURED = Pattern.compile("(\\d+) packets? captured");

  private final Wire wire;
  private final Child sender;

  TcpdumpTrial(Wire wire, int rate, int size) throws IOException {
    this.wire = wire;
    this.sender = Child.c(wire.inside(), PacketsTrial.SENDER_CORE, "packets", "send", rate, size);
  }

  @Override
  public Measures round(double seconds) throws IOException {
    List<String> command = new ArrayList<>(wire.inside());
    command.addAll(List.of("taskset", "-c", "" + PacketsTrial.READER_CORE, "tcpdump", "-i", "b"));
    command.addAll(List.of("-B", "16384", "-w", "/dev/null", "ether", "proto", "0x88b5"));
    Process tcpdump = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output = tcpdump.inputReader()) {
      await(output, Pattern.compile("listening on"));
      double before = Cpu.nanos("" + tcpdump.pid());
      sender.ask("go " + Math.round(1000 * seconds));
      double cpu = Cpu.nanos("" + tcpdump.pid()) - before;
      tcpdump.toHandle().destroy(); // Process.destroy would close its output too
      double packets = Math.max(1, Long.parseLong(await(output, CAPTURED).group(1)));
      return Measures.of("packets", packets).with("cpu", cpu / packets);
    } finally {
      tcpdump.destroyForcibly();
    }
  }

  private static Matcher await(BufferedReader output, Pattern what) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = what.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
    throw new IOException("tcpdump has ended without: " + what);
  }

  @Override
  public void close() throws IOException {
    sender.close();
  }
}
