package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Random;
import nixio.posix.Constants;
import org.junit.jupiter.api.Test;

/**
 * A million control buffers with anything in them: nothing is thrown, nothing hangs, and nothing
 * behind what the kernel has said that there is comes into an answer. A failure prints its seed;
 * {@code -Dcontrol.seed=N} repeats it.
 */
class RandomControlTest {
  private static final int BUFFERS = 1_000_000;
  private static final int ROOM = 160;

  private static final int[][] KINDS = {
    {Constants.IPPROTO_IP, Constants.IP_TTL},
    {Constants.IPPROTO_IP, Constants.IP_TOS},
    {Constants.IPPROTO_IP, Constants.IP_PKTINFO},
    {Constants.IPPROTO_IP, Constants.IP_ORIGDSTADDR},
    {Constants.IPPROTO_IP, Constants.IP_RECVERR},
    {Constants.IPPROTO_IPV6, Constants.IPV6_HOPLIMIT},
    {Constants.IPPROTO_IPV6, Constants.IPV6_TCLASS},
    {Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO},
    {Constants.IPPROTO_IPV6, Constants.IPV6_ORIGDSTADDR},
    {Constants.IPPROTO_IPV6, Constants.IPV6_RECVERR},
    {Constants.SOL_SOCKET, Constants.SCM_RIGHTS},
    {Constants.SOL_SOCKET, Constants.SCM_CREDENTIALS},
    {Constants.SOL_SOCKET, Constants.SCM_TIMESTAMP},
    {Constants.SOL_SOCKET, Constants.SCM_TIMESTAMPNS},
    {Constants.SOL_SOCKET, Constants.SCM_TIMESTAMPING},
    {Constants.SOL_SOCKET, Constants.SO_RXQ_OVFL},
    {Constants.SOL_SOCKET, Constants.SO_MARK},
    {Constants.SOL_PACKET, Constants.PACKET_AUXDATA},
    {Constants.SOL_UDP, Constants.UDP_GRO},
    {Constants.SOL_UDP, Constants.UDP_SEGMENT},
  };

  private final Random random = new Random();
  private final AddressBuffer address = new AddressBuffer();

  /** How often an answer was not the one for nothing, so that it is seen that some are found. */
  private long found;

  @Test
  void nothingIsReadThatIsNotThere() {
    long first = Long.getLong("control.seed", System.nanoTime());
    int count = System.getProperty("control.seed") == null ? BUFFERS : 1;
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          try (Batch batch = Batch.of(1, 1, ROOM)) {
            for (long seed = first; seed < first + count; seed++) {
              check(batch.control(0), seed);
            }
          }
        });
    assertTrue(found > count / 2, () -> found + " answers");
  }

  private void check(Control control, long seed) {
    try {
      random.setSeed(seed);
      fill(control.memory);
      long length = random.nextInt(4) == 0 ? ROOM : random.nextInt(ROOM + 1);
      control.received(length, false);
      long before = answers(control);
      for (long at = length; at < ROOM; at++) {
        control.memory.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
      }
      assertEquals(before, answers(control), "what is behind the end has come into the answers");
      control.received(length + (1L << random.nextInt(63)), false);
      answers(control); // of more than there is room for
    } catch (RuntimeException | Error e) {
      throw new AssertionError("-Dcontrol.seed=" + seed, e);
    }
  }

  /** Headers of known kinds with lengths that are nearly right, or just anything. */
  private void fill(MemorySegment memory) {
    for (long at = 0; at < ROOM; at += Long.BYTES) {
      memory.set(ValueLayout.JAVA_LONG, at, random.nextLong());
    }
    if (random.nextInt(8) == 0) {
      return;
    }
    long at = 0;
    while (at + 16 <= ROOM) {
      long data = random.nextInt(60);
      long length =
          switch (random.nextInt(12)) {
            case 0 -> random.nextInt(20);
            case 1 -> ROOM - at + random.nextInt(9) - 4;
            case 2 -> random.nextLong();
            default -> 16 + data;
          };
      int[] kind = KINDS[random.nextInt(KINDS.length)];
      memory.set(ValueLayout.JAVA_LONG, at, length);
      memory.set(ValueLayout.JAVA_INT, at + 8, kind[0]);
      memory.set(ValueLayout.JAVA_INT, at + 12, kind[1]);
      if (random.nextBoolean() && at + 34 <= ROOM) {
        // an address may follow an error, or be alone
        int family = random.nextBoolean() ? Constants.AF_INET : Constants.AF_INET6;
        memory.set(ValueLayout.JAVA_SHORT, at + (random.nextBoolean() ? 16 : 32), (short) family);
      }
      at += 16 + (data + 7 & -8L);
    }
  }

  private long answers(Control control) {
    long all = 0;
    all = add(all, control.ttl());
    all = add(all, control.trafficClass());
    all = add(all, control.ecn());
    all = add(all, control.interfaceIndex());
    all = add(all, control.timestamp());
    all = add(all, control.hardwareTimestamp());
    all = add(all, control.dropped());
    all = add(all, control.mark());
    all = add(all, control.segmentSize() - 1);
    all = add(all, control.wireLength());
    all = add(all, control.networkOffset());
    all = add(all, control.vlan());
    all = add(all, control.vlanProtocol());
    all = add(all, control.isChecksumValid() ? 1 : Control.NONE);
    all = add(all, control.isChecksumMissing() ? 1 : Control.NONE);
    all = add(all, control.pid());
    all = add(all, control.uid());
    all = add(all, control.gid());
    all = add(all, control.errorNumber());
    all = add(all, control.errorOrigin());
    all = add(all, control.errorType());
    all = add(all, control.errorCode());
    all = add(all, control.errorInfo());
    all = add(all, control.errorData());
    all = add(all, control.hasError() ? 1 : Control.NONE);
    all = add(all, control.destination(address) ? address.address().hashCode() : Control.NONE);
    all =
        add(
            all,
            control.originalDestination(address) ? address.address().hashCode() : Control.NONE);
    all = add(all, control.offender(address) ? address.address().hashCode() : Control.NONE);
    assertEquals(0, control.descriptors());
    for (int at = control.first(); at != Control.NONE; at = control.next(at)) {
      all = add(all, control.level(at));
      all = add(all, control.type(at));
      MemorySegment data = control.data(at);
      for (long i = 0; i < data.byteSize(); i++) {
        all = add(all, data.get(ValueLayout.JAVA_BYTE, i));
      }
    }
    return all;
  }

  private long add(long all, long answer) {
    if (answer != Control.NONE) {
      found++;
    }
    return all * 31 + answer;
  }
}
