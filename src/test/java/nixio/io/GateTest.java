package nixio.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every order in which threads may come and go. Each step of a gate is one compare-and-set, so the
 * orders of whole steps are all there is to see; that the steps are whole, jcstress looks at.
 */
class GateTest {
  private static final int NONE = 0;
  private static final int READ = Gate.READING;
  private static final int WRITE = Gate.WRITING;
  private static final int CLOSE = -1;

  /** Threads somewhere in their scripts, on one gate; checks what must hold at each step. */
  private static final class Scene {
    private final List<List<Integer>> scripts;
    private final Gate gate = new Gate();
    private final int[] at;
    private final Gate.Entry[] inside;
    private boolean closed;

    Scene(List<List<Integer>> scripts) {
      this.scripts = scripts;
      this.at = new int[scripts.size()];
      this.inside = new Gate.Entry[scripts.size()];
    }

    boolean isOver(int thread) {
      return inside[thread] == null && at[thread] == scripts.get(thread).size();
    }

    void step(int thread) {
      if (inside[thread] != null) {
        leave(thread);
      } else {
        begin(thread, scripts.get(thread).get(at[thread]));
      }
      long users = Arrays.stream(inside).filter(entry -> entry != null).count();
      assertEquals(users == 0, gate.isEmpty(), "whether somebody is inside");
      assertEquals(!closed, gate.isOpen(), "whether it is open");
    }

    private void begin(int thread, int side) {
      if (side == CLOSE) {
        assertEquals(!closed, gate.close(), "closed by one, once");
        closed = true;
        at[thread]++;
        return;
      }
      boolean taken = side != NONE && owner(side) >= 0;
      Gate.Entry entry = gate.enter(side);
      Gate.Entry due = closed ? Gate.Entry.REFUSED : taken ? Gate.Entry.GUEST : Gate.Entry.OWNER;
      assertEquals(due, entry);
      if (entry == Gate.Entry.REFUSED) {
        at[thread]++;
      } else {
        inside[thread] = entry;
      }
    }

    private void leave(int thread) {
      gate.exit(inside[thread] == Gate.Entry.OWNER ? side(thread) : NONE);
      inside[thread] = null;
      at[thread]++;
    }

    private int owner(int side) {
      int owner = -1;
      for (int thread = 0; thread < inside.length; thread++) {
        if (inside[thread] == Gate.Entry.OWNER && side(thread) == side) {
          assertEquals(-1, owner, "a side has one owner");
          owner = thread;
        }
      }
      return owner;
    }

    private int side(int thread) {
      return scripts.get(thread).get(at[thread]);
    }
  }

  /** What threads do: each enters by these sides and leaves after each, or closes. */
  private static List<List<List<Integer>>> casts() {
    return List.of(
        List.of(List.of(READ, READ), List.of(READ, READ), List.of(CLOSE)),
        List.of(List.of(READ), List.of(WRITE), List.of(READ), List.of(CLOSE)),
        List.of(List.of(READ, WRITE), List.of(WRITE, READ), List.of(NONE, CLOSE)),
        List.of(List.of(NONE), List.of(READ), List.of(CLOSE), List.of(CLOSE)),
        List.of(List.of(READ), List.of(READ), List.of(READ), List.of(WRITE, CLOSE)));
  }

  @ParameterizedTest
  @MethodSource("casts")
  void holdsInEveryOrder(List<List<Integer>> scripts) {
    Deque<List<Integer>> open = new ArrayDeque<>(List.of(List.of()));
    int orders = 0;
    while (!open.isEmpty()) {
      List<Integer> order = open.pop();
      Scene scene = new Scene(scripts);
      order.forEach(scene::step);
      boolean over = true;
      for (int thread = 0; thread < scripts.size(); thread++) {
        if (!scene.isOver(thread)) {
          over = false;
          List<Integer> next = new ArrayList<>(order);
          next.add(thread);
          open.push(next);
        }
      }
      orders += over ? 1 : 0;
    }
    assertTrue(orders > 50, "orders: " + orders);
  }

  @Test
  void aSideThatWasGivenBackCanBeTakenAgain() {
    Gate gate = new Gate();
    for (int i = 0; i < 3; i++) {
      assertEquals(Gate.Entry.OWNER, gate.enter(READ));
      assertEquals(Gate.Entry.GUEST, gate.enter(READ));
      assertEquals(Gate.Entry.OWNER, gate.enter(WRITE));
      gate.exit(READ);
      assertEquals(Gate.Entry.OWNER, gate.enter(READ), "while the guest is still inside");
      gate.exit(NONE);
      gate.exit(WRITE);
      gate.exit(READ);
      assertTrue(gate.isEmpty());
    }
    assertTrue(gate.close());
    assertFalse(gate.enter());
  }
}
