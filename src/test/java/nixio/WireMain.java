package nixio;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nixio.packet.Packet;
import nixio.packet.RxRing;

/** Sends numbered frames from a to b, and reads them in a ring there: in a namespace. */
final class WireMain {
  private static final int PROTOCOL = 0x88B5;
  private static final int SIZE = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private WireMain() {}

  /** Takes how many, how many a second or 0, and the ring's blocks of 64 KiB. */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    int rate = Integer.parseInt(args[1]);
    RingRequest request =
        new RingRequest(1 << 16, Integer.parseInt(args[2]), 1 << 11, Duration.ofMillis(10));
    Process tcpdump = args.length > 3 ? tcpdump(args[0]) : null;
    Socket socket = Socket.open(Domain.PACKET, Type.RAW);
    try (RxRing ring = RxRing.of(socket, request)) {
      socket.bind(Address.Packet.of(Interface.of("b"), PROTOCOL));
      Callable<Void> sending =
          () -> {
            send(count, rate);
            return null;
          };
      FutureTask<Void> sender = new FutureTask<>(sending);
      Thread.ofPlatform().start(sender);
      BitSet seen = new BitSet(count);
      read(ring, count, seen, sender);
      sender.get();
      PacketStatistics counted = ring.statistics();
      System.out.println("seen " + seen.cardinality());
      System.out.println("received " + counted.packets());
      System.out.println("dropped " + counted.dropped());
    }
    if (tcpdump != null) {
      System.out.println("tcpdump " + captured(tcpdump));
    }
  }

  private static void read(RxRing ring, int count, BitSet seen, FutureTask<?> sender)
      throws Exception {
    int read = 0;
    int wrong = 0;
    long mark = 0;
    int marked = 0;
    while (read < count) {
      Packet packet = ring.next(PATIENCE);
      if (packet == null) {
        if (sender.isDone()) {
          break;
        }
        continue;
      }
      if (packet.length() != SIZE || packet.intAt(14 + 4) != ~packet.intAt(14)) {
        wrong++;
      }
      seen.set(packet.intAt(14));
      read++;
      if (read == count / 2) { // by then everything is compiled
        mark = THREADS.getCurrentThreadAllocatedBytes();
        marked = read;
      }
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - mark;
    System.out.println("read " + read);
    System.out.println("wrong " + wrong);
    System.out.println("allocated " + (marked == 0 ? 0 : allocated / Math.max(1, read - marked)));
  }

  private static void send(int count, int rate) throws IOException {
    try (Arena arena = Arena.ofConfined();
        Socket socket =
            Socket.open(Domain.PACKET, Type.RAW).bind(Address.Packet.of(Interface.of("a"), 0))) {
      MemorySegment frame = arena.allocate(SIZE, 64);
      frame.asSlice(0, 6).fill((byte) 0xFF);
      frame.set(ValueLayout.JAVA_BYTE, 6, (byte) 2);
      frame.set(ValueLayout.JAVA_SHORT_UNALIGNED, 12, Short.reverseBytes((short) PROTOCOL));
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        frame.set(ValueLayout.JAVA_INT_UNALIGNED, 14, Integer.reverseBytes(i));
        frame.set(ValueLayout.JAVA_INT_UNALIGNED, 18, Integer.reverseBytes(~i));
        socket.send(frame);
        if (rate > 0 && i % 50 == 49) {
          long due = start + (i + 1L) * 1_000_000_000 / rate;
          LockSupport.parkNanos(due - System.nanoTime());
        }
      }
    }
  }

  private static Process tcpdump(String count) throws IOException {
    Process process =
        new ProcessBuilder(
                "tcpdump",
                "-i",
                "b",
                "-B",
                "65536",
                "-s",
                "64",
                "-c",
                count,
                "-w",
                "/dev/null",
                "ether",
                "proto",
                Integer.toString(PROTOCOL))
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); ; line = output.readLine()) {
      if (line == null || line.contains("listening on")) {
        return process;
      }
    }
  }

  private static String captured(Process tcpdump) throws Exception {
    if (!tcpdump.waitFor(20, TimeUnit.SECONDS)) {
      tcpdump.toHandle().destroy(); // Process.destroy would close its output too
    }
    StringBuilder said = new StringBuilder();
    BufferedReader output = tcpdump.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
    }
    tcpdump.waitFor();
    Matcher matcher = Pattern.compile("(\\d+) packets captured").matcher(said);
    return matcher.find() ? matcher.group(1) : said.toString();
  }
}
