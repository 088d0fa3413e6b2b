package nixio.io;

import java.util.Arrays;

/**
 * Descriptors that have come with messages, each in a slot: open, and nobody's but ours until they
 * are taken. For one thread at a time.
 */
public final class Arrivals {
  /** In the place of one that was taken. */
  public static final int TAKEN = -1;

  private static final int[] NONE = {};

  private final int[][] slots;

  /** How many slots have any, so that nothing is to be looked for where none do. */
  private int filled;

  /** For so many slots. */
  public Arrivals(int count) {
    slots = new int[count][];
    Arrays.fill(slots, NONE);
  }

  /** Takes over an open descriptor. */
  public void add(int slot, int fd) {
    int[] before = slots[slot];
    int[] now = Arrays.copyOf(before, before.length + 1);
    now[before.length] = fd;
    slots[slot] = now;
    if (before.length == 0) {
      filled++;
    }
  }

  /** How many there are in a slot, those that were taken too. */
  public int count(int slot) {
    return slots[slot].length;
  }

  /** One of a slot's, or {@link #TAKEN}. */
  public int get(int slot, int index) {
    return slots[slot][index];
  }

  /** Gives one away; it is {@link #TAKEN} from now on. */
  public int take(int slot, int index) {
    int fd = slots[slot][index];
    slots[slot][index] = TAKEN;
    return fd;
  }

  /** Closes those of a slot that nobody has taken. */
  public void close(int slot) {
    if (filled == 0) {
      return;
    }
    int[] fds = slots[slot];
    if (fds.length > 0) {
      slots[slot] = NONE;
      filled--;
      for (int fd : fds) {
        if (fd != TAKEN) {
          Closing.abandon(fd);
        }
      }
    }
  }

  /** Closes all that nobody has taken. */
  public void close() {
    for (int slot = 0; slot < slots.length; slot++) {
      close(slot);
    }
  }
}
