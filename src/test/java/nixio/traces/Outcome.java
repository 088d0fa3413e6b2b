package nixio.traces;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a call came to in Java, in the recording's terms. */
sealed interface Outcome {

  /** Stands for an error's text: the platform's business, while its number is ours. */
  record Text() {}

  /** The values returned; values left out at the end are nil. */
  record Values(List<Object> list) implements Outcome {}

  /**
   * An errno, or a resolver's code below zero.
   *
   * @param partial what readall and writeall tell as their fourth value, or null
   */
  record Failed(int number, Object partial) implements Outcome {}

  /** A connect that is under way, or whose time is over. */
  record Pending() implements Outcome {}

  /** An argument, or a closed socket, was refused. */
  record Refused(Exception cause) implements Outcome {}

  /** Java answered what it must not answer. */
  record Broken(String message, Throwable cause) implements Outcome {}

  /** The library has no such function. */
  record NotCovered() implements Outcome {}

  static Outcome values(Object... values) {
    return new Values(Collections.unmodifiableList(Arrays.asList(values)));
  }

  static Outcome done() {
    return values(true);
  }

  static Outcome failed(int number) {
    return new Failed(number, null);
  }
}
