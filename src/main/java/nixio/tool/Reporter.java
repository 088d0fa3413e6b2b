package nixio.tool;

import java.io.PrintWriter;

/**
 * Tells on standard error what happens, to those who asked.
 *
 * @param errors standard error
 * @param verbose whether they did
 */
record Reporter(PrintWriter errors, boolean verbose) {
  void tell(String event) {
    if (verbose) {
      errors.println("nixio cat: " + event);
      errors.flush();
    }
  }
}
