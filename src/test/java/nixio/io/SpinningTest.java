package nixio.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.SysSocket;
import org.junit.jupiter.api.Test;

/** When a receive spins. */
class SpinningTest {
  private static final int MOST = 1000;

  private final Spin spin = new Spin(30_000);

  private int questionsUntilDue() {
    int questions = 1;
    while (!spin.isDue()) {
      questions++;
      assertTrue(questions < 10_000);
    }
    return questions;
  }

  private void exhaust() {
    for (int i = 0; spin.isDue(); i++) {
      assertTrue(i < MOST);
      spin.ended(false);
    }
  }

  @Test
  void itIsTriedMoreAndMoreRarelyWhereItIsInVain() {
    exhaust();
    questionsUntilDue();
    spin.ended(false);
    int before = questionsUntilDue();
    for (int i = 0; i < 20; i++) {
      spin.ended(false);
      int now = questionsUntilDue();
      assertTrue(now == 2 * before || now == 4096, before + ", then " + now);
      before = now;
    }
    assertEquals(4096, before);
  }

  @Test
  void onceItHasPaidItIsDueAgain() {
    exhaust();
    spin.ended(true);
    assertTrue(spin.isDue());
    exhaust();
    assertFalse(spin.isDue());
  }

  /** On a processor that both share, the message is there when the receiver's turn has come. */
  @Test
  void whatIsThereAtOnceDoesNotCount() {
    exhaust();
    receiveAtOnce();
    spin.ended(false);
    assertFalse(spin.isDue());
  }

  @Test
  void whatIsThereAtOnceCostsNoCredit() {
    receiveAtOnce();
    assertTrue(spin.isDue());
  }

  private void receiveAtOnce() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment two = arena.allocate(ValueLayout.JAVA_INT, 2);
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      MemorySegment buffer = arena.allocate(8);
      SysSocket.socketpair(errno, Constants.AF_UNIX, Constants.SOCK_STREAM, 0, two);
      Descriptor from = descriptor(two.getAtIndex(ValueLayout.JAVA_INT, 0));
      Descriptor to = descriptor(two.getAtIndex(ValueLayout.JAVA_INT, 1));
      to.use(spin);
      for (int i = 0; i < MOST; i++) {
        assertEquals(8, from.send(buffer, 0, 8, 0));
        assertEquals(8, to.recv(buffer, 0, 8, 0));
      }
      assertEquals(0, from.close());
      assertEquals(0, to.close());
    }
  }

  private static Descriptor descriptor(int fd) {
    return new Descriptor(fd, true, Nature.TELLING, true);
  }
}
