package nixio.io;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** The gate under threads that come and go at once: every result but those listed is a failure. */
@SuppressWarnings("unused") // jcstress calls them
public final class GateStress {
  private GateStress() {}

  /**
   * Stands for the descriptor: 1 while it is open. Whoever is inside reads it; whoever closes sets
   * it to 0 once the gate is empty, as close(2) would make it somebody else's.
   */
  private static int use(Gate gate, int side, int[] descriptor) {
    Gate.Entry entry = gate.enter(side);
    if (entry == Gate.Entry.REFUSED) {
      return -1;
    }
    try {
      return descriptor[0];
    } finally {
      gate.exit(entry == Gate.Entry.OWNER ? side : 0);
    }
  }

  private static int shut(Gate gate, int[] descriptor) {
    if (!gate.close()) {
      return 0;
    }
    while (!gate.isEmpty()) {
      Thread.onSpinWait();
    }
    descriptor[0] = 0;
    return 1;
  }

  /** Nobody who got in sees a descriptor that was closed under it. */
  @JCStressTest
  @State
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "before the close")
  @Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "refused")
  public static class UseAgainstClose {
    private final Gate gate = new Gate();
    private final int[] descriptor = {1};

    @Actor
    public void reader(II_Result r) {
      r.r1 = use(gate, Gate.READING, descriptor);
    }

    @Actor
    public void closer(II_Result r) {
      r.r2 = shut(gate, descriptor);
    }
  }

  /** Of two who close, one does it. */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the first did it")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the second did it")
  public static class CloseAgainstClose {
    private final Gate gate = new Gate();
    private final int[] descriptor = {1};

    @Actor
    public void one(II_Result r) {
      r.r1 = shut(gate, descriptor);
    }

    @Actor
    public void two(II_Result r) {
      r.r2 = shut(gate, descriptor);
    }
  }

  /** A side's frame is one thread's at a time: its plain fields need nothing else. */
  @JCStressTest
  @State
  @Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "no use was lost")
  public static class OwnerAgainstOwner {
    private final Gate gate = new Gate();
    private int uses;

    private boolean own() {
      if (gate.enter(Gate.WRITING) == Gate.Entry.OWNER) {
        uses++;
        gate.exit(Gate.WRITING);
        return true;
      }
      gate.exit(0);
      return false;
    }

    private volatile int first;
    private volatile int second;

    @Actor
    public void one() {
      first = own() ? 1 : 0;
    }

    @Actor
    public void two() {
      second = own() ? 1 : 0;
    }

    @Arbiter
    public void count(ZZZ_Result r) {
      int owners = first + second;
      r.r1 = owners >= 1;
      r.r2 = uses == owners;
      r.r3 = gate.isEmpty();
    }
  }
}
