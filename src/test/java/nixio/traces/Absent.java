package nixio.traces;

/**
 * Stands for a value that no step could capture; whoever asks for it shares that step's verdict.
 */
final class Absent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Verdict verdict;

  Absent(String name, Verdict verdict) {
    super("no " + name, null, false, false);
    this.verdict = verdict;
  }

  Verdict verdict() {
    return verdict;
  }
}
