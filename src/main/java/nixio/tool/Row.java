package nixio.tool;

import java.io.IOException;

/**
 * What became of one kind of socket.
 *
 * @param kind what was tried
 * @param from the sender's name, as the kernel gives it; empty if there never was one
 * @param to the receiver's name
 * @param measure what was counted, or null if nothing went through
 * @param outcome how it ended
 * @param failure why not, or null
 */
record Row(
    LinkKind kind, String from, String to, Measure measure, Outcome outcome, IOException failure) {

  static Row done(LinkKind kind, Link link, Measure measure, boolean whole) {
    Outcome outcome = whole ? Outcome.OK : Outcome.DIFFERS;
    return new Row(kind, link.from().toString(), link.to().toString(), measure, outcome, null);
  }

  static Row failed(LinkKind kind, Link link, IOException failure) {
    return new Row(
        kind, link.from().toString(), link.to().toString(), null, Outcome.FAILED, failure);
  }

  /** No socket came about: the machine's doing or ours, which the error number tells. */
  static Row unopened(LinkKind kind, IOException failure) {
    return new Row(kind, "", "", null, Outcome.ofUnopened(failure), failure);
  }

  /** The last column: the verdict, and the exception's message where there is one. */
  String verdict() {
    return failure == null
        ? outcome.words()
        : outcome.words() + ": " + FailureReport.message(failure);
  }
}
