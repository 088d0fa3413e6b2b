package nixio.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What two programs say to each other when they understand each other. */
final class Dialogue {
  private Dialogue() {}

  /** A word from each; the caller speaks first, since a datagram socket has no partner before. */
  static void exchange(Talker caller, Talker answerer) throws Exception {
    caller.say("from the caller\n");
    answerer.out().await("from the caller\n");
    answerer.say("from the answerer\n");
    caller.out().await("from the answerer\n");
  }

  /** One finishes, and still hears what the other says then; its end is the end. */
  static void halfClose(Talker first, Talker second) throws Exception {
    first.finish();
    second.say("after your end\n");
    first.out().await("after your end\n");
    second.finish();
  }

  /** Ours ended as it should. */
  static void assertDone(Talker nixio) throws Exception {
    assertEquals(0, nixio.exitCode(), () -> nixio.errors().text());
  }
}
